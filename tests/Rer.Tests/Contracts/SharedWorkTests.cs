using System.Collections.Concurrent;

namespace Rer.Tests.Contracts;

public sealed class SharedWorkTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1000, 3)]
    public void Each_item_from_the_first_on_is_done_once(int count, int first)
    {
        for (int batch = 0; batch < 200; batch++)
        {
            ConcurrentBag<int> done = [];

            SharedWork<int>.Run([.. Enumerable.Range(0, count)], first, threads: 4, done.Add);

            done.Order().ShouldBe(Enumerable.Range(first, count - first));
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

                    SharedWork<int>.Run(items, 0, threads: 4, done.Add);

                    done.Order().ShouldBe(items);
                }
            }
        );
    }

    [Fact]
    public void The_caller_waits_for_helpers_that_have_begun()
    {
        using var both = new Barrier(2);
        int done = 0;

        SharedWork<int>.Run(
            [0, 1],
            0,
            threads: 2,
            item =>
            {
                both.SignalAndWait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken).ShouldBeTrue();
                Thread.Sleep(item * 20);
                Interlocked.Increment(ref done);
            }
        );

        done.ShouldBe(2);
    }

    [Fact]
    public void What_an_item_throws_reaches_the_caller_and_ends_the_batch()
    {
        int begun = 0;

        Should
            .Throw<InvalidOperationException>(() =>
                SharedWork<int>.Run(
                    [.. Enumerable.Range(0, 100_000)],
                    0,
                    threads: 2,
                    _ =>
                    {
                        Interlocked.Increment(ref begun);
                        throw new InvalidOperationException("of an item");
                    }
                )
            )
            .Message.ShouldBe("of an item");

        begun.ShouldBeInRange(1, 3);
    }
}
