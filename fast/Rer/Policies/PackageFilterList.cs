namespace Rer.Policies;

/// <summary>Excludes a package if any of its filters excludes it. Immutable and thread-safe.</summary>
/// <remarks>
/// Corresponds to <c>rez.package_filter.PackageFilterList</c>, combined with a timestamp as
/// <c>rez.resolver.Resolver</c> does.
/// </remarks>
internal sealed class PackageFilterList
{
    private readonly RuleFilter[] _filters;

    /// <summary>Parses filters.</summary>
    /// <param name="filters">The filters, in any order. Cheaper ones are tried first.</param>
    /// <param name="timestamp">A time in seconds since 1970-01-01 UTC. Packages released later are excluded. 0 for
    /// none.</param>
    /// <exception cref="PolicySyntaxException">A rule cannot be parsed. The message is rez's.</exception>
    public PackageFilterList(IReadOnlyList<PackageFilter> filters, long timestamp)
    {
        _filters = [.. filters.Select(RuleFilter.Read).OrderBy(x => x.Cost)];
        if (timestamp == 0)
        {
            return;
        }

        // rez adds the exclusion to the most expensive filter, so that filter's inclusions override the timestamp too.
        // If no filter excludes anything, rez replaces them all.
        if (IsEmpty)
        {
            _filters = [new RuleFilter()];
        }

        _filters[^1].AddExclusion(new TimestampRule(timestamp, family: null, after: true));
    }

    /// <summary>Whether nothing is excluded.</summary>
    public bool IsEmpty => _filters.All(x => x.IsEmpty);

    /// <summary>Whether a package is excluded.</summary>
    /// <param name="family">Its family.</param>
    /// <param name="version">Its version.</param>
    /// <param name="versionText">Its version as shown.</param>
    /// <param name="timestamp">Returns its release time in seconds since 1970-01-01 UTC, or 0. Called exactly when rez
    /// would load the package for it, and more than once if several rules need it.</param>
    public bool Excludes(string family, Version version, string versionText, Func<long> timestamp)
    {
        if (_filters.Length == 0)
        {
            return false;
        }

        FilterCandidate package = new(family, version, versionText, timestamp);
        foreach (RuleFilter filter in _filters)
        {
            if (filter.Excludes(package))
            {
                return true;
            }
        }

        return false;
    }
}
