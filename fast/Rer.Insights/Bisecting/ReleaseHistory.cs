using System.Collections.Concurrent;
using Rer.Insights.Catalogs;
using Rer.Insights.Explaining.Worlds;
using Rer.Insights.Results;

namespace Rer.Insights.Bisecting;

/// <summary>
/// A request as of every time at which something was released that may change how it ends. A solve that looked at some
/// families ends in the same way until one of these gets a release; so it is enough to try the times of the releases of all
/// families that any solve looked at, and again those of the families that came to light by that.
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

    /// <summary>The packages, which are compiled once for all times.</summary>
    public IPackageRepository Packages => _packages;

    /// <summary>How the request ends as of a time; 0 for all that was ever released.</summary>
    public ResolveResult At(long time) => _results.GetOrAdd(time, _ => Solve(_packages, time));

    /// <summary>How the request ends as of a time in another world.</summary>
    public ResolveResult Solve(IPackageRepository world, long time)
    {
        ResolveResult result = resolver.Resolve(request, world, OptionsAt(time), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>The options as of a time.</summary>
    public ResolveOptions OptionsAt(long time) => options with { Timestamp = time };

    /// <summary>Every moment at which something was released between two times, in order; the first is the earlier of the two
    /// itself.</summary>
    /// <param name="good">The earlier time.</param>
    /// <param name="bad">The later time, inclusive; 0 for no end.</param>
    /// <param name="progress">Told how many moments are solved.</param>
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
                return [.. times.Prepend(good).Select(time => new BisectMoment(time, At(time)))];
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

    /// <summary>What was released after a time and until another, of the families that solves looked at.</summary>
    /// <param name="after">The earlier time.</param>
    /// <param name="until">The later time, inclusive; 0 for no end.</param>
    public IEnumerable<PackageRelease> ReleasesBetween(long after, long until)
    {
        foreach (string family in _packages.Families.Order(StringComparer.Ordinal))
        {
            if (!_releases.TryGetValue(family, out PackageRelease[]? releases))
                _releases[family] = releases = [
                    .. _packages.GetVersions(family).Select(text => ReleaseOf(family, text)),
                ];
            foreach (PackageRelease release in releases)
            {
                if (release.Time > after && (until == 0 || release.Time <= until))
                    yield return release;
            }
        }
    }

    /// <summary>Whether a request does something; null where a limit left that open.</summary>
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
            // Every solve that would ask for its time ends in the same error.
        }
        return new PackageRelease(family, version, time);
    }
}
