namespace Rer.Repositories.Disk;

/// <summary>
/// How many things a slow disk is asked for at a time, found out as it goes: more, as long as each is answered about as quickly.
/// Beyond what a disk serves at once, they wait for each other there, and those of a large family, which follow one
/// another, wait longest. PERF: 6,158 definitions by a FUSE file system that serves ten at a time: 2.1 s with 32 at a time,
/// 1.8 s with twelve.
/// </summary>
/// <remarks>Not safe for concurrent callers.</remarks>
internal sealed class DiskWidth
{
    /// <summary>How many at a time in any case.</summary>
    internal const int Least = 12;

    private const double Tolerance = 1.5;

    private int _most = DiskThreads.MostInFlight;
    private double _best = double.MaxValue;
    private double _total;
    private int _count;

    /// <summary>How many at a time.</summary>
    public int Limit { get; private set; } = Least;

    /// <summary>Takes note of how long something took.</summary>
    /// <param name="time">How long. Things are to be alike.</param>
    /// <param name="running">How many there were at a time.</param>
    public void Note(TimeSpan time, int running)
    {
        // Of fewer it tells nothing, and what takes no time did not wait for the disk.
        if (running < Limit || time < DiskPace.Slow)
        {
            return;
        }
        _total += time.TotalMilliseconds;
        if (++_count < 2 * Limit)
        {
            return;
        }
        double mean = _total / _count;
        (_total, _count) = (0, 0);
        if (mean <= _best * Tolerance)
        {
            Limit = Math.Min(_most, 2 * Limit);
        }
        else
        {
            _most = Limit = Math.Max(Least, Limit / 2);
        }
        _best = Math.Min(_best, mean);
    }
}
