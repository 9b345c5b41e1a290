using Rer.Policies;
using Rer.Versions;

namespace Rer.Insights.Contexts;

/// <summary>Filters and orderers as rez writes them into a context, whichever way they were given.</summary>
internal static class RezSpelling
{
    /// <summary>
    /// The filters, the cheapest first. The rules of each filter are grouped by family, and the cheapest rule of a
    /// group comes first. Corresponds to <c>PackageFilterList.to_pod</c>.
    /// </summary>
    /// <exception cref="PolicySyntaxException">A rule cannot be parsed.</exception>
    public static IReadOnlyList<PackageFilter> Of(IReadOnlyList<PackageFilter> filters) =>
        [
            .. filters
                .OrderBy(filter => RuleFilter.Read(filter).Cost)
                .Select(filter => new PackageFilter(Of(filter.Excludes), Of(filter.Includes))),
        ];

    private static IReadOnlyList<string> Of(IReadOnlyList<string> rules) =>
        [
            .. rules
                .Select(FilterRule.Parse)
                .GroupBy(rule => rule.Family)
                .SelectMany(group => group.OrderBy(rule => rule.Cost))
                .Select(rule => rule.ToString()),
        ];

    /// <summary>The orderers, each with its families in order. Corresponds to <c>PackageOrderList.to_pod</c>.</summary>
    public static IReadOnlyList<PackageOrderer> Of(IReadOnlyList<PackageOrderer> orderers) => [.. orderers.Select(Of)];

    private static PackageOrderer Of(PackageOrderer orderer) =>
        orderer is PerFamilyOrderer perFamily
            ? Of(perFamily)
            : orderer with
            {
                Packages = Sorted(orderer.Packages ?? ["*"]),
            };

    /// <summary>If several orderers name a family, rez keeps the last one, at the place of the first.</summary>
    private static PerFamilyOrderer Of(PerFamilyOrderer perFamily)
    {
        List<string> families = [];
        Dictionary<string, int> ordererOf = new(StringComparer.Ordinal);
        for (int i = 0; i < perFamily.Orderers.Count; i++)
        {
            foreach (string family in perFamily.Orderers[i].Packages ?? [])
            {
                if (!ordererOf.ContainsKey(family))
                {
                    families.Add(family);
                }
                ordererOf[family] = i;
            }
        }
        return new PerFamilyOrderer(
            [
                .. families
                    .GroupBy(family => ordererOf[family])
                    .Select(group => Of(perFamily.Orderers[group.Key]) with { Packages = Sorted(group) }),
            ],
            perFamily.DefaultOrder is { } others ? Of(others) : null
        );
    }

    private static IReadOnlyList<string> Sorted(IEnumerable<string> families) =>
        [.. families.Order(CodePointOrder.Instance)];
}
