using System.Collections.Concurrent;

namespace Rer.Tests.Contracts;

public sealed class HelperThreadTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private sealed class Work(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }

    [Fact]
    public void Steps_are_done_until_there_are_no_more()
    {
        using var done = new ManualResetEventSlim();
        int steps = 0;

        HelperThread.DoInSpareTime(() =>
        {
            if (++steps == 100)
            {
                done.Set();
            }
            return steps < 100;
        });

        done.Wait(s_patience, TestContext.Current.CancellationToken).ShouldBeTrue();
        WaitForHelper();
        steps.ShouldBe(100);
    }

    [Fact]
    public void Urgent_work_comes_between_steps_which_then_continue()
    {
        using var begun = new ManualResetEventSlim();
        using var shared = new ManualResetEventSlim();
        using var goneOn = new ManualResetEventSlim();

        HelperThread.DoInSpareTime(() =>
        {
            begun.Set();
            if (!shared.IsSet)
            {
                return true; // forever, unless something else comes in between
            }
            goneOn.Set();
            return false;
        });
        begun.Wait(s_patience, TestContext.Current.CancellationToken).ShouldBeTrue();
        HelperThread.Do(new Work(shared.Set));

        goneOn.Wait(s_patience, TestContext.Current.CancellationToken).ShouldBeTrue();
    }

    [Fact]
    public void Work_is_done_in_order()
    {
        ConcurrentQueue<int> done = [];
        for (int i = 0; i < 100; i++)
        {
            int item = i;
            HelperThread.Do(new Work(() => done.Enqueue(item)));
        }
        WaitForHelper();
        done.ShouldBe(Enumerable.Range(0, 100));
    }

    private static void WaitForHelper()
    {
        using var reached = new ManualResetEventSlim();
        HelperThread.Do(new Work(reached.Set));
        reached.Wait(s_patience, TestContext.Current.CancellationToken).ShouldBeTrue();
    }
}
