namespace Rer.Repositories.Disk;

/// <summary>
/// Technique: check behind. What an index knows is handed out at once, and whether it still holds is looked up on disk
/// while the solve goes on; the solve's answer counts once all of it has been. A solve then waits for no disk between its
/// rounds, and slow disks are asked for many things at a time, from the first on. PERF: five of rez's 188 from disk with a warm
/// index, by the native command on two cores, ×1.23.
/// </summary>
/// <remarks>Safe for concurrent callers.</remarks>
internal sealed class ChecksBehind : IDisposable
{
    private static readonly DiskPace s_unknown = new();

    private readonly SpreadWork _work;
    private readonly CancellationTokenSource _outdated = new();
    private DiskPace _pace = s_unknown; // of the disk that was asked for last
    private int _asked;

    public ChecksBehind() => _work = new SpreadWork(() => _pace.IsSlow);

    /// <summary>Cancelled once something does not hold.</summary>
    public CancellationToken Outdated => _outdated.Token;

    /// <summary>Notes something that was handed out.</summary>
    public void Add(Check check)
    {
        Volatile.Write(ref _pace, check.Pace);
        _work.Add(check.Directory, check, opens: check.Opens);
        Begin();
    }

    /// <summary>Notes several files in one directory that were handed out.</summary>
    public void Add(Check[] checks)
    {
        Volatile.Write(ref _pace, checks[0].Pace);
        _work.Add(checks[0].Directory, checks);
        Begin();
    }

    /// <summary>Checks what has not been, and says whether everything that was handed out holds.</summary>
    public bool Confirm()
    {
        if (!_pace.IsSlow)
        {
            SharedWork<IDiskWork>.ForEach(_work.TakeRest(), _pace, static check => check.Do());
        }
        _work.Finish();
        return !_outdated.IsCancellationRequested;
    }

    /// <summary>Checks something, unless it is known that something does not hold.</summary>
    public void Do(Check check)
    {
        if (!_outdated.IsCancellationRequested && !Holds(check))
        {
            _outdated.Cancel();
        }
    }

    /// <summary>Drops what has not been checked.</summary>
    public void Dispose()
    {
        _work.TakeRest();
        _work.Finish();
        _outdated.Dispose();
    }

    private void Begin()
    {
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref _asked, 1) == 0)
        {
            HelperThread.DoInSpareTime(Step);
        }
    }

    /// <summary>What the helper thread does in its spare time.</summary>
    private bool Step()
    {
        if (_work.DoNext())
        {
            return true;
        }
        Volatile.Write(ref _asked, 0);
        // One may have been added just now, by who took the thread to be at work.
        return _work.DoNext() && Interlocked.Exchange(ref _asked, 1) == 0;
    }

    private static bool Holds(Check check)
    {
        try
        {
            return check.Holds();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // who looks before asking will see what it is
        }
    }
}
