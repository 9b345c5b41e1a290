using Rer.Insights.Explaining;
using Rer.Insights.Explaining.Findings;
using Rer.Insights.Explaining.Worlds;

namespace Rer.Insights;

/// <summary>
/// Explains why a request has no resolve, by trying what an engine does if less is demanded. It does not depend on how
/// the engine works, and it reports only what it has tried.
/// </summary>
public static class Explainer
{
    /// <summary>
    /// Whether a result can be explained. It must be a failure, or an error about packages that are missing or
    /// contradict themselves.
    /// </summary>
    public static bool CanExplain(ResolveResult result) =>
        result
            is FailedResult
                or ErrorResult
                {
                    Kind: ResolveErrorKind.PackageFamilyNotFound
                        or ResolveErrorKind.PackageNotFound
                        or ResolveErrorKind.PackageConflict
                };

    /// <summary>Explains a failure.</summary>
    /// <param name="request">The request. It fails, or ends in an error about a missing or contradictory
    /// package.</param>
    /// <param name="question">The engine, the packages and the options.</param>
    /// <returns>The explanation; null if it would take too long to be sure that there is no resolve.</returns>
    public static Explanation? Explain(IReadOnlyList<string> request, Question question)
    {
        if (CoreOf(request, question) is not var (core, isMinimal))
        {
            return null;
        }
        IReadOnlyList<FamilyReport> families = FateFinder.Find(request, core, question);
        return new Explanation(
            core,
            isMinimal,
            HoldersOf(core, families, question),
            families,
            RemedyFinder.Find(request, core, families, question),
            question.UndecidedCount,
            question.Unreadable
        );
    }

    /// <summary>
    /// The smallest set of requests and requirements that cannot hold together, and whether each of them is certainly
    /// needed for that. Null if it would take too long to be sure that there is no resolve.
    /// </summary>
    internal static (IReadOnlyList<Demand> Core, bool IsMinimal)? CoreOf(
        IReadOnlyList<string> request,
        Question question
    )
    {
        var recording = new RecordingRepository(question.Repository);
        if (!question.IsUnsolvable(request, recording))
        {
            return null;
        }
        Demand[] demands =
        [
            .. request.Select(requirement => new Demand(null, requirement)).Distinct(),
            .. DemandsOf(recording, question.Options.Building),
        ];
        return MinimalCore.Of(demands, part => AreUnsolvable(part, recording, question));
    }

    /// <summary>Whether these demands, without any others, have no resolve; null if undecided.</summary>
    internal static bool? AreUnsolvable(
        IReadOnlyList<Demand> demands,
        IPackageRepository repository,
        Question question
    ) => question.HasNoResolve(RequestsOf(demands), new RelaxedRepository(repository, demands.ToHashSet()));

    private static string[] RequestsOf(IReadOnlyList<Demand> demands) =>
        [.. demands.Where(demand => demand.By is null).Select(demand => demand.Requirement)];

    /// <summary>
    /// The requirements of the packages that the solve read. The solve would have failed in the same way without any
    /// other requirements. They are sorted by name, so that the explanation is always the same.
    /// </summary>
    private static IEnumerable<Demand> DemandsOf(RecordingRepository recording, bool building) =>
        recording
            .Definitions.SelectMany(entry =>
                entry
                    .Value.Requires.Concat(entry.Value.Variants.SelectMany(variant => variant))
                    .Concat(building ? entry.Value.BuildRequires : [])
                    .Select(requirement => new Demand(entry.Key.Family, requirement))
            )
            .Distinct()
            .OrderBy(demand => demand.By, StringComparer.Ordinal)
            .ThenBy(demand => demand.Requirement, StringComparer.Ordinal);

    /// <summary>
    /// The packages that have the demands of the core, by family. Only versions that the rest of the core leaves
    /// possible count.
    /// </summary>
    private static Dictionary<string, IReadOnlyList<HolderGroup>> HoldersOf(
        IReadOnlyList<Demand> core,
        IReadOnlyList<FamilyReport> reports,
        Question question
    )
    {
        IEnumerable<string> PossibleVersions(string family)
        {
            FamilyReport? report = reports.FirstOrDefault(report => report.Family == family);
            return report is null
                ? question.Repository.GetVersions(family)
                : report
                    .Fates.Where(fate => fate.Finding is not (HiddenByRule or ExcludedByDemands))
                    .SelectMany(fate => fate.Versions);
        }

        return core.Select(demand => demand.By)
            .OfType<string>()
            .Distinct()
            .ToDictionary(family => family, family => Holders.Of(family, PossibleVersions(family), core, question));
    }
}
