using System.Numerics;

namespace Rer.Repositories.Disk;

/// <summary>
/// Measures whether a disk is slow while it is used. Safe for concurrent callers. If two record a time at once, one may
/// be lost.
/// </summary>
internal sealed class DiskPace
{
    /// <summary>A call that takes this long waits for a disk or network. A cached answer takes microseconds.</summary>
    internal static readonly TimeSpan Slow = TimeSpan.FromMicroseconds(100);

    // A disk is slow if this many of its recent calls were slow. A single slow call may have waited for a core, and
    // even on a network disk some answers are cached.
    private const int Recent = 8;
    private const int Least = 2;

    private uint _recent;

    /// <summary>Whether calls wait for the disk rather than for a core.</summary>
    public bool IsSlow => BitOperations.PopCount(Volatile.Read(ref _recent)) >= Least;

    /// <summary>Records how long a call took.</summary>
    public void Note(TimeSpan time)
    {
        uint recent = ((_recent << 1) | (time >= Slow ? 1u : 0)) & ((1u << Recent) - 1);
        if (recent != _recent)
        {
            Volatile.Write(ref _recent, recent);
        }
    }
}
