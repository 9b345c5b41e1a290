namespace Rer.Policies;

/// <summary>Excludes a package if one of its exclusions matches and none of its inclusions does.</summary>
/// <remarks>Corresponds to <c>rez.package_filter.PackageFilter</c>.</remarks>
internal sealed class RuleFilter
{
    private readonly RuleTable _exclusions = new();
    private readonly RuleTable _inclusions = new();

    /// <summary>Whether it has no exclusions, so that it excludes nothing.</summary>
    public bool IsEmpty => _exclusions.IsEmpty;

    /// <summary>How expensive its exclusions are.</summary>
    public double Cost => _exclusions.Cost;

    /// <summary>Parses a filter.</summary>
    /// <exception cref="PolicySyntaxException">A rule cannot be parsed.</exception>
    public static RuleFilter Read(PackageFilter filter)
    {
        RuleFilter result = new();
        foreach (string rule in filter.Excludes)
        {
            result._exclusions.Add(FilterRule.Parse(rule));
        }

        foreach (string rule in filter.Includes)
        {
            result._inclusions.Add(FilterRule.Parse(rule));
        }

        return result;
    }

    /// <summary>Adds an exclusion.</summary>
    public void AddExclusion(FilterRule rule) => _exclusions.Add(rule);

    /// <summary>Whether it excludes a package.</summary>
    public bool Excludes(FilterCandidate package) => _exclusions.Matches(package) && !_inclusions.Matches(package);
}
