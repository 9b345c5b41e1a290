using System.Diagnostics;
using Rer.Cli.Commands;

namespace Rer.Tests.Cli;

/// <summary>
/// The time limit of a command where no step of a solve checks the clock: while reading, and in filters.
/// </summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan s_endless = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_read_that_does_not_end_is_left_behind()
    {
        using ManualResetEventSlim read = new();
        using Deadline deadline = new(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        long begun = Stopwatch.GetTimestamp();

        Should
            .Throw<TimeoutException>(() => deadline.Do(() => read.Wait(s_endless)))
            .Message.ShouldBe("time limit exceeded");

        read.Set();
        deadline.HasLeftWork.ShouldBeTrue();
        deadline.IsOver.ShouldBeTrue();
        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(s_endless);
    }

    [Fact]
    public void Without_a_limit_work_is_waited_for()
    {
        using Deadline deadline = new(null, TestContext.Current.CancellationToken);

        deadline.Do(() => 3).ShouldBe(3);
        deadline.HasLeftWork.ShouldBeFalse();
    }
}
