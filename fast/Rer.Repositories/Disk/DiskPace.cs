using System.Numerics;

namespace Rer.Repositories.Disk;

/// <summary>Whether a disk is slow, measured as it goes. Safe for concurrent callers; one of two that note something at once may
/// be lost.</summary>
internal sealed class DiskPace
{
    /// <summary>What takes this long waits for a disk or network; what the system has at hand takes microseconds.</summary>
    internal static readonly TimeSpan Slow = TimeSpan.FromMicroseconds(100);

    // Of so many calls of late, so many must have been slow: one may have waited for a core, and on a network disk the system
    // has some things at hand.
    private const int Recent = 8;
    private const int Least = 2;

    private uint _recent;

    /// <summary>Whether calls wait for the disk rather than for a core.</summary>
    public bool IsSlow => BitOperations.PopCount(Volatile.Read(ref _recent)) >= Least;

    /// <summary>Notes how long a call took.</summary>
    public void Note(TimeSpan time)
    {
        uint recent = ((_recent << 1) | (time >= Slow ? 1u : 0)) & ((1u << Recent) - 1);
        if (recent != _recent)
        {
            Volatile.Write(ref _recent, recent);
        }
    }
}
