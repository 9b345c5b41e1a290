using Rer.Insights.Bisecting;
using Rer.Insights.Text;
using Rer.Repositories;

namespace Rer.Insights;

/// <summary>
/// Finds the release that broke a request, so that it does not resolve or resolves to something else.
/// </summary>
/// <remarks>
/// Resolving as of a time means what rez's <c>--time</c> does: packages released later are absent, and packages without
/// a timestamp are always present. This is not a binary search, because releases may alternately break and fix a
/// request. The request is resolved as of every release that may matter.
/// </remarks>
public static class Bisector
{
    /// <summary>Finds the release.</summary>
    /// <param name="resolver">The engine. It is called from several threads.</param>
    /// <param name="repository">The packages. If they are on disk (<see cref="FilesystemRepository"/>), the report
    /// contains their paths.</param>
    /// <param name="request">The request, including implicit requirements.</param>
    /// <param name="options">The times to search between, and what the request should do.</param>
    /// <param name="progress">Receives progress, from several threads.</param>
    /// <param name="cancellationToken">Ends the search with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="BadInputException">The times are invalid, or nothing broke between them: the request already
    /// fails at the good time, or still works at the bad time.</exception>
    public static BisectReport Find(
        IResolver resolver,
        IPackageRepository repository,
        IReadOnlyList<string> request,
        BisectOptions options,
        IProgress<InsightProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        ResolveOptions resolve = options.Resolve with
        {
            MaxFails = options.Resolve.MaxFails ?? Question.MaxFails,
            TimeLimit = null,
        };
        var history = new ReleaseHistory(resolver, repository, request, resolve, cancellationToken);
        var ends = new BisectEnds(history, options, repository);
        (BisectAim aim, Func<SolvedResult, bool> isGood) = ends.Aim();

        IReadOnlyList<BisectMoment> moments = history.Between(options.Good, options.Bad, progress);
        (BisectMoment Moment, bool? IsGood)[] states =
        [
            .. moments.Select(moment => (moment, history.Is(moment.Result, isGood))),
        ];
        BisectChange[] changes = [.. Changes(states, history)];
        var finder = new CulpritFinder(resolver, history, request, isGood, cancellationToken);
        BisectCulprit culprit = finder.Find(changes[^1]);
        return Placed(
            new BisectReport(
                request,
                aim,
                options.ResolvesTo,
                moments[0],
                new BisectMoment(options.Bad, history.At(options.Bad)),
                changes,
                culprit,
                moments.Count - 1,
                states.Count(state => state.IsGood is null),
                Undated(culprit.Change, repository)
            ),
            repository as FilesystemRepository
        );
    }

    private static void Check(BisectOptions options)
    {
        if (options.Good <= 0)
        {
            throw new BadInputException(
                $"the good time {options.Good} is not valid; give a time after 1970 when the request was as it should be"
            );
        }
        if (options.Bad < 0)
        {
            throw new BadInputException($"the bad time {options.Bad} is not valid; give a time after 1970");
        }
        if (options.Bad != 0 && options.Bad <= options.Good)
        {
            throw new BadInputException(
                $"the good time {ReleaseTime.Exactly(options.Good)} is not before the bad time {ReleaseTime.Exactly(options.Bad)}; are the two swapped?"
            );
        }
    }

    /// <summary>The times at which the state changed. Undecided moments count as no change.</summary>
    private static IEnumerable<BisectChange> Changes(
        (BisectMoment Moment, bool? IsGood)[] states,
        ReleaseHistory history
    )
    {
        (BisectMoment last, bool wasGood) = (states[0].Moment, true);
        foreach ((BisectMoment moment, bool? isGood) in states.Skip(1))
        {
            if (isGood is not { } decided)
            {
                continue;
            }
            if (decided != wasGood)
            {
                yield return new BisectChange(
                    last,
                    moment,
                    decided,
                    [.. history.ReleasesBetween(last.Time, moment.Time)]
                );
            }
            (last, wasGood) = (moment, decided);
        }
    }

    private static string[] Undated(BisectChange change, IPackageRepository repository) =>
        [
            .. new[] { change.Before.Result, change.After.Result }
                .OfType<SolvedResult>()
                .SelectMany(solved => solved.Packages)
                .Where(package => repository.GetDefinition(package.Name, package.Version).Timestamp == 0)
                .Select(package => Names.OfPackage(package.Name, package.Version))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private static BisectReport Placed(BisectReport report, FilesystemRepository? packages)
    {
        if (packages is null)
        {
            return report;
        }
        PackageRelease Place(PackageRelease release) =>
            release with
            {
                Path = packages.PathOf(release.Family, release.Version),
            };
        BisectChange PlaceAll(BisectChange change) => change with { Releases = [.. change.Releases.Select(Place)] };
        return report with
        {
            Changes = [.. report.Changes.Select(PlaceAll)],
            Culprit = report.Culprit with
            {
                Change = PlaceAll(report.Culprit.Change),
                Releases = [.. report.Culprit.Releases.Select(Place)],
            },
        };
    }
}
