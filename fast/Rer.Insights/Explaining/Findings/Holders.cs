namespace Rer.Insights.Explaining.Findings;

/// <summary>Finds which packages of a family have which demands.</summary>
internal static class Holders
{
    /// <summary>Whether any variant of a package has a demand.</summary>
    public static bool IsMadeBy(PackageDefinition definition, Demand demand, Question question) =>
        Common(definition, question)
            .Concat(definition.Variants.SelectMany(variant => variant))
            .Contains(demand.Requirement);

    /// <summary>
    /// The packages of a family, grouped by the demands of the core that they have. If there are several groups, a
    /// resolve would need only one of them.
    /// </summary>
    /// <param name="family">The family.</param>
    /// <param name="versions">The versions that the core leaves possible.</param>
    /// <param name="core">The demands that cannot hold together.</param>
    /// <param name="question">The engine, the packages and the options.</param>
    public static IReadOnlyList<HolderGroup> Of(
        string family,
        IEnumerable<string> versions,
        IReadOnlyList<Demand> core,
        Question question
    )
    {
        Demand[] own = [.. core.Where(demand => demand.By == family)];
        return
        [
            .. versions
                .SelectMany(version => OfVersion(version, family, own, question))
                .Where(holder => holder.Demands.Length > 0)
                .GroupBy(holder => string.Join('\n', holder.Demands.Select(demand => demand.Requirement)))
                .Select(group => new HolderGroup(
                    family,
                    [.. group.Select(holder => holder.Package)],
                    group.First().Demands
                )),
        ];
    }

    /// <summary>The variants of a version, or only the version if they do not differ.</summary>
    private static IEnumerable<(string Package, Demand[] Demands)> OfVersion(
        string version,
        string family,
        Demand[] own,
        Question question
    )
    {
        if (question.TryGetDefinition(family, version) is not { } definition)
        {
            return [];
        }
        Demand[] MadeBy(IEnumerable<string> requirements)
        {
            HashSet<string> made = [.. requirements];
            return [.. own.Where(demand => made.Contains(demand.Requirement))];
        }

        string name = version.Length == 0 ? "(unversioned)" : version;
        string[] common = [.. Common(definition, question)];
        Demand[][] ofVariants =
        [
            .. definition.Variants.DefaultIfEmpty([]).Select(variant => MadeBy([.. common, .. variant])),
        ];
        return ofVariants.All(demands => demands.SequenceEqual(ofVariants[0]))
            ? [(name, ofVariants[0])]
            : ofVariants.Select((demands, index) => ($"{name}[{index}]", demands));
    }

    private static IEnumerable<string> Common(PackageDefinition definition, Question question) =>
        question.Options.Building ? definition.Requires.Concat(definition.BuildRequires) : definition.Requires;
}
