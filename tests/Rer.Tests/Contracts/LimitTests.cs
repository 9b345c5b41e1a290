using System.Diagnostics;
using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

public class LimitTests
{
    private static readonly IPackageRepository s_twoSteps = Packages.Of(
        """{"foo": {"1": {"variants": [["bar-1"], ["bar-2"]]}}, "bar": {"1": {}, "2": {}}}"""
    );

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void A_hopeless_solve_ends_at_its_time_limit(string engine)
    {
        (IPackageRepository repository, IReadOnlyList<string> request) = Packages.Hopeless();
        ResolveOptions options = new() { TimeLimit = TimeSpan.FromMilliseconds(200) };
        Stopwatch watch = Stopwatch.StartNew();

        StoppedResult result = AllEngines
            .Resolver(engine)
            .Resolve(request, repository, options)
            .ShouldBeOfType<StoppedResult>();

        result.Reason.ShouldBe(StopReason.TimeLimit);
        result.Message.ShouldBe("time limit exceeded");
        watch.Elapsed.ShouldBeInRange(TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(10));
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void The_time_limit_goes_by_the_clock_that_is_given(string engine)
    {
        IResolver resolver = AllEngines.Resolver(engine);
        ResolveOptions still = new() { TimeLimit = TimeSpan.FromTicks(1), Clock = new SteppingClock(TimeSpan.Zero) };
        resolver.Resolve(["foo"], s_twoSteps, still).ShouldBeOfType<SolvedResult>();

        ResolveOptions fast = still with { Clock = new SteppingClock(TimeSpan.FromHours(1)) };
        StoppedResult stopped = resolver.Resolve(["foo"], s_twoSteps, fast).ShouldBeOfType<StoppedResult>();
        stopped.Reason.ShouldBe(StopReason.TimeLimit);
        stopped.Statistics.NumSolves.ShouldBe(1, "the limit is looked at between steps");
    }

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void A_hopeless_solve_fails_at_its_limit_of_fails(string engine)
    {
        (IPackageRepository repository, IReadOnlyList<string> request) = Packages.Hopeless(holes: 6);
        ResolveOptions options = new() { MaxFails = 25 };

        FailedResult result = AllEngines
            .Resolver(engine)
            .Resolve(request, repository, options)
            .ShouldBeOfType<FailedResult>();

        result.Statistics.NumFails.ShouldBe(25);
        result.Failure.Description.ShouldStartWith("fail limit reached: aborted after 25 failures:\n");
        result.Failure.Description.ShouldEndWith(result.GetFailure(24).Description);
    }

    /// <summary>A clock that goes on by a step whenever it is read.</summary>
    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += step.Ticks;

        public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);
    }
}
