using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Rer.Repositories.Disk;

/// <summary>
/// Runs many operations on a slow disk concurrently. Operations that somebody waits for go first. Safe for concurrent
/// callers.
/// </summary>
/// <param name="isSlow">Whether the disk is slow. If it is not, operations run only on the threads that wait for
/// them.</param>
/// <param name="spread">The number of operations to start with. If the disk turns out to serve more at a time, more run
/// in each directory, too.</param>
internal sealed class SpreadWork(Func<bool> isSlow, DiskSpread spread)
{
    /// <summary>The key for the package paths, which contain the families' directories.</summary>
    public const string RootKey = "";

    private readonly object _gate = new();
    private readonly SpreadQueue<IDiskWork> _queue = new(spread.InDirectory);
    private readonly DiskWidth _width = new(spread.AtATime);
    private int _running;
    private int _helpers;
    private int _waiting;

    /// <summary>Adds an operation.</summary>
    /// <param name="directory">The directory that it reads.</param>
    /// <param name="work">The operation.</param>
    /// <param name="isSpare">Whether nobody waits for it.</param>
    /// <param name="opens">The directory that it finds; null for none.</param>
    public void Add(string directory, IDiskWork work, bool isSpare = false, string? opens = null)
    {
        lock (_gate)
        {
            _queue.Add(directory, work, isSpare, opens);
            TellOthers();
        }
    }

    /// <summary>Adds several operations in one directory that somebody waits for.</summary>
    /// <inheritdoc cref="Add(string, IDiskWork, bool, string?)" path="/param" />
    public void Add(string directory, IReadOnlyList<IDiskWork> work)
    {
        lock (_gate)
        {
            _queue.Add(directory, work);
            TellOthers();
        }
    }

    /// <summary>Calls an action for each item, and returns when all are done.</summary>
    /// <param name="items">The items.</param>
    /// <param name="directoryOf">Returns the directory that is read for an item.</param>
    /// <param name="action">The action for each item. If it throws, the remaining items are still done and the first
    /// exception is rethrown.</param>
    public void ForEach<T>(IReadOnlyList<T> items, Func<T, string> directoryOf, Action<T> action)
    {
        int left = items.Count;
        ExceptionDispatchInfo? error = null;
        lock (_gate)
        {
            foreach (T item in items)
            {
                _queue.Add(directoryOf(item), new DiskAction(() => Do(item)));
            }
            TellOthers();
        }
        DoUntil(() => Volatile.Read(ref left) == 0);
        error?.Throw();

        void Do(T item)
        {
            try
            {
                action(item);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref error, ExceptionDispatchInfo.Capture(e), null);
            }
            Interlocked.Decrement(ref left);
        }
    }

    /// <summary>Runs the next operation; false if there is none at the moment.</summary>
    public bool DoNext()
    {
        SpreadQueue<IDiskWork>.Taken taken;
        lock (_gate)
        {
            if (!_queue.TryTake(out taken))
            {
                return false;
            }
            _running++;
        }
        Do(taken);
        return true;
    }

    /// <summary>Runs everything that somebody waits for. Returns when nothing is running.</summary>
    public void Finish() => DoUntil(() => _running == 0);

    /// <summary>Removes everything that has not started.</summary>
    public IDiskWork[] TakeRest()
    {
        lock (_gate)
        {
            return _queue.TakeAll();
        }
    }

    /// <summary>Drops operations that nobody waits for and that have not started.</summary>
    public void DropSpare()
    {
        lock (_gate)
        {
            _queue.DropSpare();
        }
    }

    /// <summary>
    /// Runs operations that somebody waits for until a condition holds. The condition is checked when none is left.
    /// </summary>
    private void DoUntil(Func<bool> isDone)
    {
        while (true)
        {
            SpreadQueue<IDiskWork>.Taken taken;
            lock (_gate)
            {
                while (!_queue.TryTake(out taken, alsoSpare: false))
                {
                    if (isDone())
                    {
                        return;
                    }
                    _waiting++;
                    Monitor.Wait(_gate);
                    _waiting--;
                }
                _running++;
            }
            Do(taken);
        }
    }

    private void Do(in SpreadQueue<IDiskWork>.Taken taken)
    {
        bool wasSlow = isSlow();
        long start = wasSlow ? Stopwatch.GetTimestamp() : 0;
        taken.Item.Do();
        lock (_gate)
        {
            // Finding a directory takes a different time than reading in it.
            if (wasSlow && !taken.IsOpening && taken.Directory != RootKey)
            {
                _width.Note(Stopwatch.GetElapsedTime(start), _running);
                _queue.InDirectory = spread.InDirectory * _width.Limit / spread.AtATime;
            }
            _running--;
            _queue.Done(taken);
            TellOthers();
        }
    }

    /// <summary>
    /// Wakes up waiting threads. If the disk is slow, asks for as many threads as there are operations.
    /// </summary>
    private void TellOthers()
    {
        if (_waiting > 0)
        {
            Monitor.PulseAll(_gate);
        }
        int more = Math.Min(_width.Limit - 1, _queue.Free) - _helpers;
        if (more > 0 && isSlow())
        {
            _helpers += more;
            DiskThreads.Ask(Help, more);
        }
    }

    private void Help()
    {
        while (true)
        {
            SpreadQueue<IDiskWork>.Taken taken;
            lock (_gate)
            {
                if (_running >= _width.Limit || !_queue.TryTake(out taken))
                {
                    _helpers--;
                    return;
                }
                _running++;
            }
            Do(taken);
        }
    }
}
