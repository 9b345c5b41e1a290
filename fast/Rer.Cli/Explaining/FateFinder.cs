namespace Rer.Cli.Explaining;

/// <summary>Finds what became of the versions of the families that a core is about.</summary>
internal static class FateFinder
{
    /// <summary>The families in the order in which the core names them.</summary>
    public static IReadOnlyList<FamilyReport> Find(
        IReadOnlyList<Demand> core,
        IPackageRepository repository,
        Question question
    )
    {
        IEnumerable<string> families = core.Select(demand => demand.On)
            .Where(family => !family.StartsWith('.'))
            .Distinct();
        return
        [
            .. families.Select(family => new FamilyReport(family, [.. FatesOf(family, core, repository, question)])),
        ];
    }

    private static IEnumerable<VersionFate> FatesOf(
        string family,
        IReadOnlyList<Demand> core,
        IPackageRepository repository,
        Question question
    )
    {
        Demand[] demands = [.. core.Where(demand => demand.On == family)];
        return repository
            .GetVersions(family)
            .Select(version =>
            {
                var single = new SingleVersionRepository(repository, family, version);
                string? hiddenBy = HiddenBy(family, single, question);
                Demand[] excludedBy = hiddenBy is null
                    ? [.. demands.Where(demand => !IsMet(demand, family, single, question))]
                    : [];
                return (Version: version, HiddenBy: hiddenBy, ExcludedBy: excludedBy);
            })
            .GroupBy(fate => (fate.HiddenBy, string.Join('\n', fate.ExcludedBy)))
            .Select(group => new VersionFate(
                [.. group.Select(fate => fate.Version)],
                group.First().HiddenBy,
                group.First().ExcludedBy
            ));
    }

    /// <summary>Whether the one version of a repository meets a demand.</summary>
    public static bool IsMet(Demand demand, string family, IPackageRepository single, Question question) =>
        question.Solve([family, demand.Requirement], single, WithoutFilters(question.Options)) is not null;

    /// <summary>The first rule that hides the one version of a repository; null if it is visible.</summary>
    public static string? HiddenBy(string family, IPackageRepository single, Question question)
    {
        ResolveOptions options = question.Options;
        bool IsVisible(ResolveOptions varied) => question.Solve([family], single, varied) is not null;

        if (options is { PackageFilters.Count: 0, Timestamp: 0 } || IsVisible(options))
            return null;
        if (options.Timestamp != 0 && !IsVisible(WithoutFilters(options) with { Timestamp = options.Timestamp }))
            return System.FormattableString.Invariant($"after({options.Timestamp})");
        return options
            .PackageFilters.SelectMany(filter =>
                filter.Excludes.Select(rule => (Rule: rule, Filter: filter with { Excludes = [rule] }))
            )
            .First(item => !IsVisible(WithoutFilters(options) with { PackageFilters = [item.Filter] }))
            .Rule;
    }

    private static ResolveOptions WithoutFilters(ResolveOptions options) =>
        options with
        {
            PackageFilters = [],
            Timestamp = 0,
        };
}
