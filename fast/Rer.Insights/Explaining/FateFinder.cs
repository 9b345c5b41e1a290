namespace Rer.Insights.Explaining;

/// <summary>Finds what happened to the versions of the families in a core.</summary>
internal sealed class FateFinder(IReadOnlyList<string> request, IReadOnlyList<Demand> core, Question question)
{
    /// <summary>
    /// The maximum number of versions of a family for which the obstacle is searched. Versions that a filter or a
    /// demand excludes do not count. The rest are left undecided, because a family may have thousands.
    /// </summary>
    private const int MaxTrials = 60;

    private int _trials;

    /// <summary>The families in the order in which the core names them.</summary>
    public static IReadOnlyList<FamilyReport> Find(
        IReadOnlyList<string> request,
        IReadOnlyList<Demand> core,
        Question question
    ) =>
        [
            .. core.Select(demand => demand.On)
                .Where(family => !family.StartsWith('.'))
                .Distinct()
                .Select(family => new FamilyReport(family, new FateFinder(request, core, question).FatesOf(family))),
        ];

    private IReadOnlyList<VersionFate> FatesOf(string family)
    {
        Demand[] demands = [.. core.Where(demand => demand.On == family)];
        return
        [
            .. question
                .Repository.GetVersions(family)
                .Select(version => (Version: version, Finding: FateOf(family, version, demands)))
                .GroupBy(fate => fate.Finding)
                .Select(group => new VersionFate([.. group.Select(fate => fate.Version)], group.Key)),
        ];
    }

    private Finding FateOf(string family, string version, Demand[] demands)
    {
        if (HiddenByRule.Try(question, family, version) is { } hidden)
        {
            return hidden;
        }
        if (ExcludedByDemands.Try(question, family, version, demands) is { } excluded)
        {
            return excluded;
        }
        if (_trials++ >= MaxTrials)
        {
            return new Undecided();
        }
        return WouldResolve.Try(question, request, family, version)
            ?? WouldDoWithout.Try(question, core, family, version)
            ?? Impossible.Try(question, [.. request, Question.Pin(family, version)])
            ?? (Finding)new Undecided();
    }
}
