using System.Globalization;

namespace Rer.Insights;

/// <summary>Shows dependents as a graph of families.</summary>
public static class DependentsView
{
    private const int ShownRequirements = 3;

    /// <summary>
    /// Creates the graph. Edges point from a family to what it requires, and their labels show the requirement.
    /// </summary>
    public static GraphView Of(Dependents dependents)
    {
        ArgumentNullException.ThrowIfNull(dependents);
        DependentFamily[] others = [.. dependents.Families.Where(family => family.Family != dependents.Family)];
        string[] families = [dependents.Family, .. others.Select(family => family.Family)];
        Dictionary<string, int> places = families
            .Select((family, place) => (family, place))
            .ToDictionary(pair => pair.family, pair => pair.place);
        return new GraphView(
            [
                new ViewNode(dependents.Package, ViewNodeKind.Request),
                .. others.Select(family => new ViewNode(LabelOf(family), ViewNodeKind.Solved)),
            ],
            [
                .. dependents.Families.SelectMany(family =>
                    family
                        .Links.GroupBy(link => link.On)
                        .Where(links => links.Key != family.Family)
                        .Select(links => new ViewEdge(
                            places[family.Family],
                            places[links.Key],
                            LabelOf([.. links.Select(link => link.Requirement)]),
                            GraphEdgeKind.Dependency
                        ))
                ),
            ]
        );
    }

    private static string LabelOf(DependentFamily family) =>
        family.Versions is [var only]
            ? Text.Names.OfPackage(family.Family, only)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{family.Family} {family.Versions[0]} … {family.Versions[^1]} ({family.Versions.Count} of {family.VersionCount})"
            );

    private static string LabelOf(string[] requirements) =>
        requirements.Length <= ShownRequirements
            ? string.Join(", ", requirements)
            : $"{string.Join(", ", requirements.Take(ShownRequirements))} … ({requirements.Length} ranges)";
}
