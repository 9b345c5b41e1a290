using System.Collections.Concurrent;
using Rer.Insights.Catalogs;
using Rer.Insights.Explaining.Worlds;

namespace Rer.Insights.Auditing;

/// <summary>
/// Finds the causes of failures. Failures with the same text have the same cause. For each text, the smallest core of
/// one failure is searched, and failures with the same core are grouped.
/// </summary>
internal sealed class FailureCauseFinder(
    IResolver resolver,
    IPackageRepository repository,
    PackageCatalog catalog,
    ResolveOptions options,
    TimeSpan timeForCores,
    IProgress<InsightProgress>? progress,
    CancellationToken cancellationToken
)
{
    /// <summary>The maximum number of packages of one cause for which the breaking release is searched.</summary>
    private const int MaxExamples = 4;

    /// <summary>Returns the findings with their causes.</summary>
    public IEnumerable<AuditFinding> Find(IReadOnlyList<AuditFailure> failures)
    {
        AuditFailure[][] groups =
        [
            .. failures
                .GroupBy(failure => (Certain: failure.IsCertain(options.MaxFails), failure.Text))
                .OrderByDescending(group => group.Count())
                .Select(group => group.ToArray()),
        ];
        var found = new (string Key, AuditCause Cause)[groups.Length];
        long start = TimeProvider.System.GetTimestamp();
        var times = new ReleaseTimes(catalog);
        int done = 0;
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, groups.Length), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { CancellationToken = cancellationToken },
            place =>
            {
                bool hasTime = TimeProvider.System.GetElapsedTime(start) < timeForCores;
                found[place] = CauseOf(groups[place], hasTime, times);
                progress?.Report(new InsightProgress("explaining", Interlocked.Increment(ref done), groups.Length));
            }
        );
        Dictionary<string, AuditCause> causes = new(StringComparer.Ordinal);
        for (int i = 0; i < groups.Length; i++)
        {
            if (!causes.TryGetValue(found[i].Key, out AuditCause? cause))
            {
                causes[found[i].Key] = cause = found[i].Cause;
            }
            foreach (AuditFailure failure in groups[i])
            {
                yield return FindingOf(failure, cause);
            }
        }
    }

    private AuditFinding FindingOf(AuditFailure failure, AuditCause cause) =>
        new(
            !failure.IsCertain(options.MaxFails) ? AuditRule.Undecided
                : failure.Variant is null ? AuditRule.DoesNotResolve
                : AuditRule.VariantDoesNotResolve,
            failure.Package.Family,
            failure.Package.Text,
            failure.Variant,
            failure.Text.Split('\n')[0],
            "",
            cause
        );

    private (string Key, AuditCause Cause) CauseOf(AuditFailure[] group, bool hasTime, ReleaseTimes times)
    {
        // The failure with the fewest steps is closest to the cause.
        AuditFailure failure = group.MinBy(member => member.Result.Statistics.NumSolves)!;
        if (!failure.IsCertain(options.MaxFails))
        {
            string text = "gave up after too many failed steps; it is not known whether there is a resolve";
            return (text, new AuditCause(text, [], false, null));
        }
        string first = failure.Text.Split('\n')[0];
        if (
            !hasTime
            || failure.Result is ErrorResult { Kind: ResolveErrorKind.PackageData or ResolveErrorKind.InvalidSyntax }
        )
        {
            return (failure.Text, new AuditCause(first, [], false, BreakOf(group, times)));
        }
        IPackageRepository world = failure.Variant is null
            ? repository
            : new SingleVariantRepository(
                repository,
                new ResolvedPackage(failure.Package.Family, failure.Package.Text, failure.Variant)
            );
        var question = new Question(resolver, world, options, cancellationToken);
        if (Explainer.CoreOf(failure.Request, question) is not var (core, isMinimal))
        {
            return (failure.Text, new AuditCause(first, [], false, BreakOf(group, times)));
        }
        string[] lines = [.. core.Where(demand => !IsItself(demand, failure)).Select(Describe)];
        if (lines.Length == 0)
        {
            lines = [first];
        }
        return (string.Join('\n', lines), new AuditCause(first, lines, isMinimal, BreakOf(group, times)));
    }

    private static bool IsItself(Demand demand, AuditFailure failure) =>
        demand.By is null && demand.Requirement == failure.Request[0];

    private static string Describe(Demand demand) =>
        demand.By is { } by ? $"{by} requires {demand.Requirement}" : $"{demand.Requirement} is requested";

    /// <summary>
    /// The release that broke one of the packages. The oldest package is tried first. Single variants are skipped,
    /// because rez would have chosen another variant.
    /// </summary>
    private AuditBreak? BreakOf(AuditFailure[] group, ReleaseTimes times)
    {
        if (options.Timestamp != 0)
        {
            return null;
        }
        var finder = new BreakFinder(resolver, repository, options, times, cancellationToken);
        return group
            .Where(failure => failure.Variant is null && ReleaseTimes.TimeOf(failure.Package) > 0)
            .OrderBy(failure => ReleaseTimes.TimeOf(failure.Package))
            .Take(MaxExamples)
            .Select(finder.Find)
            .FirstOrDefault(found => found is not null);
    }
}
