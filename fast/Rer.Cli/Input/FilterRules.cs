namespace Rer.Cli.Input;

/// <summary>Rules from the command line, added to configured filters as <c>rez-env</c> adds them.</summary>
internal static class FilterRules
{
    /// <summary>
    /// An exclusion joins the last filter, or makes the first; an inclusion then joins all of them, and is lost where
    /// there is none (<c>PackageFilterList.add_exclusion</c>, <c>add_inclusion</c>).
    /// </summary>
    public static IReadOnlyList<PackageFilter> Add(
        IReadOnlyList<PackageFilter> filters,
        IReadOnlyList<string> excludes,
        IReadOnlyList<string> includes
    )
    {
        List<PackageFilter> added = [.. filters];
        if (excludes.Count > 0)
        {
            PackageFilter last = added.Count > 0 ? added[^1] : new PackageFilter([], []);
            added.RemoveRange(Math.Max(0, added.Count - 1), Math.Min(1, added.Count));
            added.Add(last with { Excludes = [.. last.Excludes, .. excludes] });
        }
        return [.. added.Select(filter => filter with { Includes = [.. filter.Includes, .. includes] })];
    }
}
