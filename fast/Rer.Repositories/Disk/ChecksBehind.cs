namespace Rer.Repositories.Disk;

/// <summary>Whether something that was handed out still holds.</summary>
internal interface ICheck
{
    /// <summary>Looks at the disk.</summary>
    /// <exception cref="IOException">The disk cannot be asked.</exception>
    /// <exception cref="UnauthorizedAccessException">The disk may not be asked.</exception>
    bool Holds();

    /// <summary>The directory that is looked into; what is looked for in different ones is looked for at once.</summary>
    string Directory { get; }

    /// <summary>The directory that is looked at; null for a file.</summary>
    string? Opens { get; }

    /// <summary>How long calls to its disk take.</summary>
    DiskPace Pace { get; }
}

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
    public void Add(ICheck check)
    {
        Volatile.Write(ref _pace, check.Pace);
        _work.Add(check.Directory, () => Do(check), opens: check.Opens);
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref _asked, 1) == 0)
        {
            HelperThread.DoInSpareTime(Step);
        }
    }

    /// <summary>Checks what has not been, and says whether everything that was handed out holds.</summary>
    public bool Confirm()
    {
        if (!_pace.IsSlow)
        {
            SharedWork<Action>.ForEach(_work.TakeRest(), _pace, check => check());
        }
        _work.Finish();
        return !_outdated.IsCancellationRequested;
    }

    /// <summary>Drops what has not been checked.</summary>
    public void Dispose()
    {
        _work.TakeRest();
        _work.Finish();
        _outdated.Dispose();
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

    private void Do(ICheck check)
    {
        if (!_outdated.IsCancellationRequested && !Holds(check))
        {
            _outdated.Cancel();
        }
    }

    private static bool Holds(ICheck check)
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
