using System.Diagnostics;

namespace Rer.Repositories.Filesystem;

/// <summary>
/// Does things several at a time, as far as that pays: where the first of them were quick, one for each core;
/// where they waited for a slow disk, as many as are allowed.
/// </summary>
internal static class BoundedParallel
{
    private const int Probes = 3;

    // Files that the system has at hand take some 20 microseconds each. Sharing out less than this
    // to a core takes as long as reading them in turn.
    private const int MinShare = 8;

    // A disk or network at its best.
    private static readonly TimeSpan Slow = TimeSpan.FromMicroseconds(200);

    /// <summary>Calls an action, which must not throw, for each item; returns when all are done.</summary>
    public static void ForEach<T>(IReadOnlyList<T> items, int maxThreads, Action<T> action)
    {
        TimeSpan quickest = TimeSpan.MaxValue;
        int next = 0;
        while (next < items.Count && next < Probes)
        {
            long start = Stopwatch.GetTimestamp();
            action(items[next++]);
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            quickest = time < quickest ? time : quickest; // others may have waited for a core, not for the disk
        }
        int left = items.Count - next;
        bool slow = quickest > Slow;
        int threads = slow
            ? Math.Min(maxThreads, left)
            : Math.Min(Math.Min(maxThreads, Environment.ProcessorCount), left / MinShare);
        SharedWork<T>.Run(items, next, threads, action, ownThreads: slow);
    }
}
