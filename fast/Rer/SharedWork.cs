using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Rer;

/// <summary>
/// Does things side by side that take microseconds each, in batches that follow one another: what
/// <see cref="Parallel"/> takes too long to begin and to end.
/// </summary>
/// <remarks>
/// Technique: helpers that stay awake. The caller takes part, and never waits for a helper that has not begun. A helper
/// that has run out of work looks for the next batch a while before it sleeps: waking it takes as long as most batches do.
/// </remarks>
internal abstract class SharedWork : IThreadPoolWorkItem
{
    // Added to the number of helpers at work once none may begin any more.
    private const int Closed = int.MinValue;

    // A solve that reads as it goes has a batch every twenty microseconds or so.
    private static readonly long s_patience = Stopwatch.Frequency / 10_000;

    /// <summary>A batch that a helper that is awake may take up.</summary>
    private static SharedWork? s_offered;

    /// <summary>How many helpers are awake without work.</summary>
    private static int s_awake;

    private readonly object _gate = new();
    private int _helpers;

    /// <summary>Asks for helpers, does the work and waits for those that are at it.</summary>
    /// <param name="helpers">How many helpers may be of use.</param>
    protected void Run(int helpers)
    {
        for (int i = 0; i < helpers; i++)
        {
            if (Volatile.Read(ref s_awake) == 0 || Interlocked.CompareExchange(ref s_offered, this, null) is not null)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        TakeItems();
        Close();
    }

    /// <summary>Does items until none is left that nobody has begun.</summary>
    protected abstract void TakeItems();

    /// <summary>What a helper does.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        for (SharedWork? work = this; work is not null; work = AwaitNext())
        {
            work.Help();
        }
    }

    private static SharedWork? AwaitNext()
    {
        Interlocked.Increment(ref s_awake);
        SharedWork? next = null;
        for (long start = Stopwatch.GetTimestamp(); next is null && Stopwatch.GetTimestamp() - start < s_patience; )
        {
            Thread.SpinWait(4);
            next = Volatile.Read(ref s_offered) is null ? null : Interlocked.Exchange(ref s_offered, null);
        }

        Interlocked.Decrement(ref s_awake);
        return next;
    }

    private void Help()
    {
        if (Interlocked.Increment(ref _helpers) > 0)
        {
            TakeItems();
        }

        if (Interlocked.Decrement(ref _helpers) == Closed)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Lets no helper begin any more, and waits for those that have.</summary>
    private void Close()
    {
        Interlocked.CompareExchange(ref s_offered, null, this); // nobody took it up
        Interlocked.Add(ref _helpers, Closed);
        // They are at their last item: it mostly takes less than going to sleep.
        SpinWait spin = default;
        while (Volatile.Read(ref _helpers) != Closed && !spin.NextSpinWillYield)
        {
            spin.SpinOnce();
        }

        lock (_gate)
        {
            while (Volatile.Read(ref _helpers) != Closed)
            {
                Monitor.Wait(_gate);
            }
        }
    }
}

/// <summary>A batch of items.</summary>
internal sealed class SharedWork<T> : SharedWork
{
    private readonly IReadOnlyList<T> _items;
    private readonly Action<T> _action;
    private int _next;
    private ExceptionDispatchInfo? _error;

    private SharedWork(IReadOnlyList<T> items, int first, Action<T> action)
    {
        _items = items;
        _next = first - 1;
        _action = action;
    }

    /// <summary>Calls an action for each item; returns when all are done.</summary>
    /// <param name="items">The items.</param>
    /// <param name="first">The first item to do.</param>
    /// <param name="threads">How many threads at most, the caller's included.</param>
    /// <param name="action">What to do with each. If it throws, the rest is left, and the first exception thrown on.</param>
    internal static void Run(IReadOnlyList<T> items, int first, int threads, Action<T> action)
    {
        SharedWork<T> work = new(items, first, action);
        work.Run(threads - 1);
        work._error?.Throw();
    }

    protected override void TakeItems()
    {
        try
        {
            int item;
            while ((item = Interlocked.Increment(ref _next)) < _items.Count)
            {
                _action(_items[item]);
            }
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(e), null);
            Volatile.Write(ref _next, _items.Count);
        }
    }
}
