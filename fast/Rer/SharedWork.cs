using System.Runtime.ExceptionServices;

namespace Rer;

/// <summary>
/// Does things side by side that take microseconds each. The caller takes part, and never waits for a helper that has
/// not begun: <see cref="Parallel"/> does, and where the caller is itself of the thread pool, the pool then starts threads
/// in the place of the waiting one, which takes longer than the work.
/// </summary>
internal sealed class SharedWork<T> : IThreadPoolWorkItem
{
    // Added to the number of helpers at work once none may begin any more.
    private const int Closed = int.MinValue;

    private readonly IReadOnlyList<T> _items;
    private readonly Action<T> _action;
    private readonly object _gate = new();
    private int _next;
    private int _helpers;
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
    /// <param name="ownThreads">Whether helpers are threads of their own: where they wait, they would starve the pool,
    /// which adds new ones slowly.</param>
    internal static void Run(IReadOnlyList<T> items, int first, int threads, Action<T> action, bool ownThreads = false)
    {
        SharedWork<T> work = new(items, first, action);
        for (int helper = 1; helper < threads; helper++)
        {
            if (ownThreads)
            {
                new Thread(work.Help) { IsBackground = true }.Start();
            }
            else if (helper == 1)
            {
                HelperThread.Do(work);
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
            }
        }

        work.TakeItems();
        work.Close();
        work._error?.Throw();
    }

    void IThreadPoolWorkItem.Execute() => Help();

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

    private void TakeItems()
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

    /// <summary>Lets no helper begin any more, and waits for those that have.</summary>
    private void Close()
    {
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
