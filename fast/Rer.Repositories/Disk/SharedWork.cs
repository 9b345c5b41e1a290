using System.Runtime.ExceptionServices;

namespace Rer.Repositories.Disk;

/// <summary>
/// Does things side by side, as far as that pays: where they are quick, as many at a time as there are cores; where they wait
/// for a slow disk, as many as it may be asked for. Which it is shows as it goes.
/// </summary>
/// <remarks>
/// The caller takes part, and never waits for a helper that has not begun: <see cref="Parallel"/> does, and where the caller
/// is itself of the thread pool, the pool then starts threads in the place of the waiting one, which takes longer than
/// the work.
/// </remarks>
internal sealed class SharedWork<T> : IThreadPoolWorkItem
{
    /// <summary>How many files are worth another core. Those that the system has at hand take some 20 microseconds each:
    /// to share out less than this takes as long as reading them in turn.</summary>
    internal const int FilesWorthSharing = 8;

    // Added to the number of helpers at work once none may begin any more.
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

    /// <summary>Calls an action for each item; returns when all are done.</summary>
    /// <param name="items">The items.</param>
    /// <param name="pace">Of the disk that the action waits for, which it notes.</param>
    /// <param name="action">What to do with each. If it throws, the rest is left, and the first exception thrown on.</param>
    /// <param name="worthSharing">How many are worth another core.</param>
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

    /// <summary>Has others help, if there is enough left to do.</summary>
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

    // A disk that has become quick needs none of the threads that wait.
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
