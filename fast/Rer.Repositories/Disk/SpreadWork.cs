using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Rer.Repositories.Disk;

/// <summary>
/// Asks a slow disk for many things at a time, those that somebody waits for first. Safe for concurrent callers.
/// </summary>
/// <param name="isSlow">Whether it is slow: if not, nothing is done but by who waits for it.</param>
internal sealed class SpreadWork(Func<bool> isSlow)
{
    /// <summary>Stands for the directories that families lie in.</summary>
    public const string RootKey = "";

    private readonly object _gate = new();
    private readonly SpreadQueue<IDiskWork> _queue = new();
    private readonly DiskWidth _width = new();
    private int _running;
    private int _helpers;
    private int _waiting;

    /// <summary>Has something done.</summary>
    /// <param name="directory">The directory that is looked into.</param>
    /// <param name="work">What is to be done.</param>
    /// <param name="isSpare">Whether nobody waits for it.</param>
    /// <param name="opens">The directory that is found by it; null for none.</param>
    public void Add(string directory, IDiskWork work, bool isSpare = false, string? opens = null)
    {
        lock (_gate)
        {
            _queue.Add(directory, work, isSpare, opens);
            TellOthers();
        }
    }

    /// <summary>Has several things done in one directory that somebody waits for.</summary>
    /// <inheritdoc cref="Add(string, IDiskWork, bool, string?)" path="/param" />
    public void Add(string directory, IReadOnlyList<IDiskWork> work)
    {
        lock (_gate)
        {
            _queue.Add(directory, work);
            TellOthers();
        }
    }

    /// <summary>Does something for each item, and returns when all are done.</summary>
    /// <param name="items">The items.</param>
    /// <param name="directoryOf">The directory that is looked into for one.</param>
    /// <param name="action">What to do with each. If it throws, the rest is done, and the first exception thrown on.</param>
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

    /// <summary>Does the next thing; false if there is none at the moment.</summary>
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

    /// <summary>Does all that somebody waits for; returns when nothing is being done.</summary>
    public void Finish() => DoUntil(() => _running == 0);

    /// <summary>Takes out all that has not begun.</summary>
    public IDiskWork[] TakeRest()
    {
        lock (_gate)
        {
            return _queue.TakeAll();
        }
    }

    /// <summary>Drops what nobody waits for and has not begun.</summary>
    public void DropSpare()
    {
        lock (_gate)
        {
            _queue.DropSpare();
        }
    }

    /// <summary>Does what somebody waits for until something is so, which is asked where none is left.</summary>
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
        long start = Stopwatch.GetTimestamp();
        taken.Item.Do();
        lock (_gate)
        {
            // Finding a directory takes another time than what lies in it.
            if (!taken.IsOpening && taken.Directory != RootKey)
            {
                _width.Note(Stopwatch.GetElapsedTime(start), _running);
            }
            _running--;
            _queue.Done(taken);
            TellOthers();
        }
    }

    /// <summary>Tells those who wait, and asks for as many threads as there are things to do where they wait for a slow disk.
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
