using System.Collections.Concurrent;
using Rer.Repositories.Disk;

namespace Rer.Tests.Repositories.Disk;

public sealed class SharedWorkTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static DiskPace Quick() => new();

    private static DiskPace Slow()
    {
        DiskPace pace = new();
        for (int i = 0; i < 8; i++)
        {
            pace.Note(TimeSpan.FromMilliseconds(1));
        }
        return pace;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Each_item_is_done_once(int count)
    {
        for (int batch = 0; batch < 100; batch++)
        {
            foreach (DiskPace pace in (DiskPace[])[Quick(), Slow()])
            {
                ConcurrentBag<int> done = [];

                SharedWork<int>.ForEach([.. Enumerable.Range(0, count)], pace, done.Add);

                done.Order().ShouldBe(Enumerable.Range(0, count));
            }
        }
    }

    [Fact]
    public void Batches_of_many_callers_do_not_mix()
    {
        Parallel.For(
            0,
            8,
            caller =>
            {
                for (int batch = 0; batch < 100; batch++)
                {
                    ConcurrentBag<int> done = [];
                    int[] items = [.. Enumerable.Range(caller * 1000, 50)];

                    SharedWork<int>.ForEach(items, batch % 2 == 0 ? Quick() : Slow(), done.Add);

                    done.Order().ShouldBe(items);
                }
            }
        );
    }

    [Fact]
    public void The_caller_waits_for_helpers_that_have_started()
    {
        using var both = new Barrier(2);
        int done = 0;

        SharedWork<int>.ForEach(
            [0, 1],
            Slow(),
            item =>
            {
                both.SignalAndWait(s_patience, TestContext.Current.CancellationToken).ShouldBeTrue();
                Thread.Sleep(item * 20);
                Interlocked.Increment(ref done);
            }
        );

        done.ShouldBe(2);
    }

    [Fact]
    public void An_exception_reaches_the_caller_and_ends_the_batch()
    {
        int begun = 0;

        Should
            .Throw<InvalidOperationException>(() =>
                SharedWork<int>.ForEach(
                    [.. Enumerable.Range(0, 100_000)],
                    Slow(),
                    _ =>
                    {
                        Interlocked.Increment(ref begun);
                        throw new InvalidOperationException("of an item");
                    }
                )
            )
            .Message.ShouldBe("of an item");

        begun.ShouldBeInRange(1, DiskThreads.MostInFlight + 1);
    }

    [Fact]
    public void A_disk_that_turns_out_to_be_slow_gets_many_concurrent_requests_up_to_a_limit()
    {
        DiskPace pace = Quick();
        int inFlight = 0;
        int most = 0;

        SharedWork<int>.ForEach(
            [.. Enumerable.Range(0, 400)],
            pace,
            _ =>
            {
                int now = Interlocked.Increment(ref inFlight);
                for (
                    int seen = most;
                    now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen;
                    seen = most
                ) { }
                Thread.Sleep(3);
                pace.Note(TimeSpan.FromMilliseconds(3));
                Interlocked.Decrement(ref inFlight);
            }
        );

        // As many threads as there are, plus the caller. The helper and the pool may have started before that was
        // known.
        most.ShouldBeInRange(8, DiskThreads.MostInFlight + Environment.ProcessorCount);
    }

    /// <summary>
    /// The sum of the first three reads used to decide, so one that waited for a core made the disk seem slow.
    /// </summary>
    [Fact]
    public void One_wait_does_not_make_a_slow_disk()
    {
        ConcurrentBag<string?> threads = [];
        DiskPace pace = Quick();

        SharedWork<int>.ForEach(
            [.. Enumerable.Range(0, 200)],
            pace,
            i =>
            {
                pace.Note(TimeSpan.FromMilliseconds(i % 50 == 0 ? 20 : 0.005));
                threads.Add(Thread.CurrentThread.Name);
            }
        );

        pace.IsSlow.ShouldBeFalse();
        threads.ShouldNotContain("rer disk");
    }

    [Fact]
    public void A_disk_is_slow_if_some_of_its_recent_calls_were()
    {
        DiskPace pace = Quick();
        pace.IsSlow.ShouldBeFalse();
        pace.Note(DiskPace.Slow);
        pace.IsSlow.ShouldBeFalse();
        pace.Note(DiskPace.Slow);
        pace.IsSlow.ShouldBeTrue();
        for (int i = 0; i < 7; i++)
        {
            pace.Note(TimeSpan.FromMicroseconds(99));
        }
        pace.IsSlow.ShouldBeFalse();
    }
}
