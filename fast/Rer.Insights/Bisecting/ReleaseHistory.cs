using System.Collections.Concurrent;
using Rer.Insights.Catalogs;
using Rer.Insights.Explaining.Worlds;
using Rer.Insights.Results;

namespace Rer.Insights.Bisecting;

/// <summary>
/// Resolves a request as of every release time that may change the result. The result of a solve changes only if one of
/// the families that it read has a new release. So it is enough to try the release times of all families that a solve
/// read, and to repeat this for the families that those solves add.
/// </summary>
internal sealed class ReleaseHistory(
    IResolver resolver,
    IPackageRepository repository,
    IReadOnlyList<string> request,
    ResolveOptions options,
    CancellationToken cancellationToken
)
{
    private readonly RecordingRepository _packages = new(repository);
    private readonly ConcurrentDictionary<long, ResolveResult> _results = new();
    private readonly Dictionary<string, PackageRelease[]> _releases = [];

    /// <summary>The packages, compiled once for all times.</summary>
    public IPackageRepository Packages => _packages;

    /// <summary>The result of the request as of a time; 0 for no limit.</summary>
    public ResolveResult At(long time) => _results.GetOrAdd(time, _ => Solve(_packages, time));

    /// <summary>The result of the request as of a time in another repository.</summary>
    public ResolveResult Solve(IPackageRepository world, long time)
    {
        ResolveResult result = resolver.Resolve(request, world, OptionsAt(time), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>The options as of a time.</summary>
    public ResolveOptions OptionsAt(long time) => options with { Timestamp = time };

    /// <summary>
    /// Every moment between two times at which something was released, in order. The first is the earlier time itself.
    /// </summary>
    /// <param name="good">The earlier time.</param>
    /// <param name="bad">The later time, inclusive; 0 for no limit.</param>
    /// <param name="progress">Receives the number of solved moments.</param>
    public IReadOnlyList<BisectMoment> Between(long good, long bad, IProgress<InsightProgress>? progress)
    {
        At(good);
        At(bad);
        int done = 0;
        while (true)
        {
            long[] times = [.. ReleasesBetween(good, bad).Select(release => release.Time).Distinct().Order()];
            long[] due = [.. times.Where(time => !_results.ContainsKey(time))];
            if (due.Length == 0)
            {
                return [.. times.Prepend(good).Select(time => new BisectMoment(time, At(time)))];
            }
            Parallel.ForEach(
                Partitioner.Create(due, loadBalance: true),
                new ParallelOptions { CancellationToken = cancellationToken },
                time =>
                {
                    At(time);
                    progress?.Report(new InsightProgress("resolving", Interlocked.Increment(ref done), times.Length));
                }
            );
        }
    }

    /// <summary>The packages released after one time and up to another, in the families that solves read.</summary>
    /// <param name="after">The earlier time.</param>
    /// <param name="until">The later time, inclusive; 0 for no limit.</param>
    public IEnumerable<PackageRelease> ReleasesBetween(long after, long until)
    {
        foreach (string family in _packages.Families.Order(StringComparer.Ordinal))
        {
            if (!_releases.TryGetValue(family, out PackageRelease[]? releases))
            {
                _releases[family] = releases = [
                    .. _packages.GetVersions(family).Select(text => ReleaseOf(family, text)),
                ];
            }
            foreach (PackageRelease release in releases)
            {
                if (release.Time > after && (until == 0 || release.Time <= until))
                {
                    yield return release;
                }
            }
        }
    }

    /// <summary>Whether a result is good; null if a limit left that undecided.</summary>
    public bool? Is(ResolveResult result, Func<SolvedResult, bool> isGood) =>
        Certainty.HasResolve(result, options.MaxFails) is not { } resolves ? null
        : resolves ? isGood((SolvedResult)result)
        : false;

    private PackageRelease ReleaseOf(string family, string version)
    {
        long time = 0;
        try
        {
            time = ReleaseTimes.TimeOf(_packages.GetDefinition(family, version));
        }
        catch (PackageDataException)
        {
            // Every solve that needs the timestamp ends with this error.
        }
        return new PackageRelease(family, version, time);
    }
}
