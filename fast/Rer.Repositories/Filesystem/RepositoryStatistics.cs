using System.Diagnostics;

namespace Rer.Repositories;

/// <summary>What a repository has done so far. Safe to read while the repository is used.</summary>
public sealed class RepositoryStatistics
{
    internal RepositoryStatistics() { }

    private long _familiesListed;
    private long _versionsSeen;
    private long _definitionsLoaded;
    private long _definitionsUsed;
    private long _definitionsEvaluated;
    private long _cacheHits;
    private long _listingTicks;
    private long _loadingTicks;

    /// <summary>Families whose versions were listed.</summary>
    public long FamiliesListed => Volatile.Read(ref _familiesListed);

    /// <summary>Versions in those families, shadowed ones left out.</summary>
    public long VersionsSeen => Volatile.Read(ref _versionsSeen);

    /// <summary>Definitions that were loaded, from files or the cache.</summary>
    public long DefinitionsLoaded => Volatile.Read(ref _definitionsLoaded);

    /// <summary>Definitions that were asked for: fewer than loaded if some were fetched ahead.</summary>
    public long DefinitionsUsed => Volatile.Read(ref _definitionsUsed);

    /// <summary>Definitions that Python evaluated.</summary>
    public long DefinitionsEvaluated => Volatile.Read(ref _definitionsEvaluated);

    /// <summary>Definitions that were found in the cache.</summary>
    public long CacheHits => Volatile.Read(ref _cacheHits);

    /// <summary>Time spent listing families, summed over threads.</summary>
    public TimeSpan ListingTime => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _listingTicks));

    /// <summary>Time spent loading definitions, summed over threads.</summary>
    public TimeSpan LoadingTime => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _loadingTicks));

    internal void CountListing(int versions, long start)
    {
        Interlocked.Increment(ref _familiesListed);
        Interlocked.Add(ref _versionsSeen, versions);
        Interlocked.Add(ref _listingTicks, Stopwatch.GetTimestamp() - start);
    }

    internal void CountLoad(long start)
    {
        Interlocked.Increment(ref _definitionsLoaded);
        Interlocked.Add(ref _loadingTicks, Stopwatch.GetTimestamp() - start);
    }

    internal void CountUse() => Interlocked.Increment(ref _definitionsUsed);

    internal void CountEvaluation() => Interlocked.Increment(ref _definitionsEvaluated);

    internal void CountCacheHit() => Interlocked.Increment(ref _cacheHits);
}
