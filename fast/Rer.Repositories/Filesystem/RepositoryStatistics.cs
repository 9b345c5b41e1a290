using System.Diagnostics;
using Rer.Repositories.Disk;

namespace Rer.Repositories;

/// <summary>What a repository has done so far. It may be read while the repository is in use.</summary>
public sealed class RepositoryStatistics
{
    private readonly DiskCalls _calls;

    internal RepositoryStatistics(DiskCalls calls) => _calls = calls;

    private long _familiesListed;
    private long _versionsSeen;
    private long _definitionsLoaded;
    private long _definitionsUsed;
    private long _definitionsEvaluated;
    private long _cacheHits;
    private long _listingTicks;
    private long _loadingTicks;

    /// <summary>The number of families whose versions were listed.</summary>
    public long FamiliesListed => Volatile.Read(ref _familiesListed);

    /// <summary>The number of versions in those families, without shadowed ones.</summary>
    public long VersionsSeen => Volatile.Read(ref _versionsSeen);

    /// <summary>The number of definitions loaded from files or the cache.</summary>
    public long DefinitionsLoaded => Volatile.Read(ref _definitionsLoaded);

    /// <summary>
    /// The number of definitions that solves asked for. If some were read ahead, it is less than the number loaded.
    /// </summary>
    public long DefinitionsUsed => Volatile.Read(ref _definitionsUsed);

    /// <summary>The number of definitions that Python evaluated.</summary>
    public long DefinitionsEvaluated => Volatile.Read(ref _definitionsEvaluated);

    /// <summary>The number of definitions found in the cache.</summary>
    public long CacheHits => Volatile.Read(ref _cacheHits);

    /// <summary>System calls that looked at a path, to see whether it exists and is unchanged.</summary>
    public long Looks => _calls.Count(CallKind.Look);

    /// <summary>Directories that were listed.</summary>
    public long Listings => _calls.Count(CallKind.Listing);

    /// <summary>System calls that opened a file or a directory, or failed to find one.</summary>
    public long Opens => _calls.Count(CallKind.Open);

    /// <summary>System calls that read from a file.</summary>
    public long Reads => _calls.Count(CallKind.Read);

    /// <summary>Time spent listing families, summed over threads.</summary>
    public TimeSpan ListingTime => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _listingTicks));

    /// <summary>Time spent loading definitions, summed over threads.</summary>
    public TimeSpan LoadingTime => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _loadingTicks));

    internal void CountListing(int versions, long start)
    {
        Interlocked.Increment(ref _familiesListed);
        Interlocked.Add(ref _versionsSeen, versions);
        CountListingTime(start);
    }

    internal void CountListingTime(long start) => Interlocked.Add(ref _listingTicks, Stopwatch.GetTimestamp() - start);

    internal void CountLoad(long start)
    {
        Interlocked.Increment(ref _definitionsLoaded);
        Interlocked.Add(ref _loadingTicks, Stopwatch.GetTimestamp() - start);
    }

    internal void CountUse() => Interlocked.Increment(ref _definitionsUsed);

    internal void CountEvaluation() => Interlocked.Increment(ref _definitionsEvaluated);

    internal void CountCacheHits(int definitions = 1) => Interlocked.Add(ref _cacheHits, definitions);
}
