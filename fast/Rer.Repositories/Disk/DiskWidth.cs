namespace Rer.Repositories.Disk;

/// <summary>
/// Finds out how many operations a slow disk can serve at a time. The limit grows for as long as each operation takes
/// about as long as before. If a disk gets more operations than it serves concurrently, they wait for each other there.
/// The operations of a large family must follow one another, and then wait longest. PERF: reading 6,158 definitions
/// from a FUSE file system that serves ten at a time takes 2.1 s with 32 at a time, and 1.8 s with twelve
/// (<c>tests/slowfs</c>, 2026-11-29, for commit d3618b6).
/// </summary>
/// <remarks>Not safe for concurrent callers.</remarks>
internal sealed class DiskWidth
{
    private const double Tolerance = 1.5;

    private readonly int _least;
    private int _most = DiskThreads.MostInFlight;
    private double _best = double.MaxValue;
    private double _total;
    private int _count;

    /// <summary>Creates it for a disk that is not known yet.</summary>
    /// <param name="least">The minimum number of concurrent operations.</param>
    public DiskWidth(int least) => _least = Limit = least;

    /// <summary>The current number of concurrent operations.</summary>
    public int Limit { get; private set; }

    /// <summary>Records how long an operation took.</summary>
    /// <param name="time">Its duration. All operations should be of the same kind.</param>
    /// <param name="running">How many were running at the time.</param>
    public void Note(TimeSpan time, int running)
    {
        // With fewer operations, the time does not show what the disk can do. An operation that took no time did not
        // wait for the disk.
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
            _most = Limit = Math.Max(_least, Limit / 2);
        }
        _best = Math.Min(_best, mean);
    }
}
