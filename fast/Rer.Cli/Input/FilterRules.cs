using System.Text.RegularExpressions;

namespace Rer.Cli.Input;

/// <summary>Rules from the command line, added to configured filters as <c>rez-env</c> adds them.</summary>
internal static partial class FilterRules
{
    /// <summary>
    /// Adds rules. An exclusion is added to the most expensive filter, or creates the first one. An inclusion is then
    /// added to all filters, and is lost if there is none (<c>PackageFilterList.add_exclusion</c>,
    /// <c>add_inclusion</c>).
    /// </summary>
    public static IReadOnlyList<PackageFilter> Add(
        IReadOnlyList<PackageFilter> filters,
        IReadOnlyList<string> excludes,
        IReadOnlyList<string> includes
    )
    {
        // rez keeps its filters sorted by cost, and adds to the last one.
        List<PackageFilter> added = [.. filters.OrderBy(filter => filter.Excludes.Sum(CostOf))];
        if (excludes.Count > 0)
        {
            if (added.Count == 0)
            {
                added.Add(new PackageFilter([], []));
            }
            added[^1] = added[^1] with { Excludes = [.. added[^1].Excludes, .. excludes] };
        }
        return [.. added.Select(filter => filter with { Includes = [.. filter.Includes, .. includes] })];
    }

    /// <summary>
    /// Corresponds to <c>Rule.cost</c>. A rule for one family costs a tenth (<c>PackageFilter.cost</c>).
    /// </summary>
    private static double CostOf(string rule)
    {
        Match labelled = Labelled().Match(rule);
        string text = labelled.Success ? labelled.Groups[2].Value : rule;
        string label =
            labelled.Success ? labelled.Groups[1].Value
            : rule.Contains('*') ? "glob"
            : "range";
        return label switch
        {
            "before" or "after" => text.Contains(':') ? 100 : 1000,
            "glob" or "regex" => FamilyPrefix().IsMatch(text) ? 1 : 10,
            _ => 1,
        };
    }

    [GeneratedRegex(@"^([^(]+)\(([^()]+)\)$")]
    private static partial Regex Labelled();

    [GeneratedRegex("^[^*?]+[-@#]")]
    private static partial Regex FamilyPrefix();
}
