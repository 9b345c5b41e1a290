using System.Collections.Concurrent;
using Rer.Repositories.Filesystem;

namespace Rer.Tests.Repositories;

public sealed class BoundedParallelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Each_item_is_done_once(int count)
    {
        ConcurrentBag<int> done = [];

        BoundedParallel.ForEach([.. Enumerable.Range(0, count)], maxThreads: 16, done.Add);

        done.Order().ShouldBe(Enumerable.Range(0, count));
    }

    /// <summary>The sum of the first three reads decided, and one that waited for a core made the disk seem slow.</summary>
    [Fact]
    public void One_wait_does_not_make_a_slow_disk()
    {
        ConcurrentBag<int> threads = [];

        BoundedParallel.ForEach(
            [.. Enumerable.Range(0, 200)],
            maxThreads: 16,
            i =>
            {
                if (i == 0)
                    Thread.Sleep(20);
                if (!Thread.CurrentThread.IsThreadPoolThread)
                    threads.Add(Environment.CurrentManagedThreadId);
            }
        );

        // The caller and the helper, but none that was started for this.
        threads.Distinct().Count().ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void A_slow_disk_is_asked_for_many_things_at_a_time()
    {
        using var together = new Barrier(8);
        int met = 0;

        BoundedParallel.ForEach(
            [.. Enumerable.Range(0, 11)],
            maxThreads: 8,
            i =>
            {
                if (i < 3)
                    Thread.Sleep(2);
                else if (together.SignalAndWait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))
                    Interlocked.Increment(ref met);
            }
        );

        met.ShouldBe(8);
    }
}
