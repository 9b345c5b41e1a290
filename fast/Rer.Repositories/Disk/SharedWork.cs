using System.Runtime.ExceptionServices;

namespace Rer.Repositories.Disk;

/// <summary>
/// Does work concurrently where that is faster. If items are quick, it uses as many threads as there are cores. If they
/// wait for a slow disk, it uses as many as the disk may serve. It finds out which while it works.
/// </summary>
/// <remarks>
/// The caller takes part, and never waits for a helper that has not started. <see cref="Parallel"/> would wait. If the
/// caller is itself on the thread pool, the pool would then start threads to replace the waiting one, which takes
/// longer than the work.
/// </remarks>
internal sealed class SharedWork<T> : IThreadPoolWorkItem
{
    /// <summary>
    /// The number of files that justify another core. Reading a cached file takes about 20 microseconds. Sharing fewer
    /// files takes as long as reading them in turn.
    /// </summary>
    internal const int FilesWorthSharing = 8;

    // This is added to the number of running helpers once no more may start.
    private const int Closed = int.MinValue;

    private readonly IReadOnlyList<T> _items;
    private readonly DiskPace _pace;
    private readonly Action<T> _action;
    private readonly int _worthSharing;
    private readonly object _gate = new();
    private int _next = -1;
    private int _helpers;
    private bool _isShared;
    private int _waiters;
    private ExceptionDispatchInfo? _error;

    private SharedWork(IReadOnlyList<T> items, DiskPace pace, Action<T> action, int worthSharing)
    {
        (_items, _pace, _action, _worthSharing) = (items, pace, action, worthSharing);
    }

    /// <summary>Calls an action for each item, and returns when all are done.</summary>
    /// <param name="items">The items.</param>
    /// <param name="pace">The pace of the disk that the action waits for. The action records its times there.</param>
    /// <param name="action">The action for each item. If it throws, the remaining items are skipped and the first
    /// exception is rethrown.</param>
    /// <param name="worthSharing">The number of items that justify another core.</param>
    internal static void ForEach(
        IReadOnlyList<T> items,
        DiskPace pace,
        Action<T> action,
        int worthSharing = FilesWorthSharing
    )
    {
        SharedWork<T> work = new(items, pace, action, worthSharing);
        work.TakeItems(work.AskForHelp);
        work.Close();
        work._error?.Throw();
    }

    void IThreadPoolWorkItem.Execute() => Help(Always);

    private static bool Always() => true;

    /// <summary>Asks others to help, if there is enough left to do.</summary>
    private bool AskForHelp()
    {
        int left = _items.Count - Volatile.Read(ref _next) - 1;
        if (_pace.IsSlow)
        {
            int more = Math.Min(DiskThreads.MostInFlight, left) - 1 - _waiters;
            if (more > 0)
            {
                _waiters += more;
                DiskThreads.Ask(HelpWaiting, more);
            }
        }
        else if (!_isShared && left >= 2 * _worthSharing)
        {
            _isShared = true;
            ShareAmongCores(Math.Min(Environment.ProcessorCount, left / _worthSharing));
        }
        return true;
    }

    private void ShareAmongCores(int threads)
    {
        for (int helper = 1; helper < threads; helper++)
        {
            if (helper == 1)
            {
                HelperThread.Do(this);
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }
    }

    // A disk that has become fast does not need the waiting threads.
    private void HelpWaiting() => Help(() => _pace.IsSlow);

    private void Help(Func<bool> goesOn)
    {
        if (Interlocked.Increment(ref _helpers) > 0)
        {
            TakeItems(goesOn);
        }

        if (Interlocked.Decrement(ref _helpers) == Closed)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void TakeItems(Func<bool> goesOn)
    {
        try
        {
            int item;
            while (goesOn() && (item = Interlocked.Increment(ref _next)) < _items.Count)
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

    /// <summary>Lets no more helpers start, and waits for those that have.</summary>
    private void Close()
    {
        Interlocked.Add(ref _helpers, Closed);
        // The helpers are at their last item, which usually takes less time than going to sleep.
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
