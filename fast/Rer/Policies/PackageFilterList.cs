namespace Rer.Policies;

/// <summary>Excludes a package that any of its filters excludes. Immutable, and safe for several threads.</summary>
/// <remarks>
/// Answers to <c>rez.package_filter.PackageFilterList</c>, and to what <c>rez.resolver.Resolver</c> makes of one and a
/// timestamp.
/// </remarks>
internal sealed class PackageFilterList
{
    private readonly RuleFilter[] _filters;

    /// <summary>Reads filters.</summary>
    /// <param name="filters">The filters, in any order: cheaper ones are asked first.</param>
    /// <param name="timestamp">
    /// A time in seconds since 1970-01-01 UTC: packages released later are excluded. 0 for none.
    /// </param>
    /// <exception cref="PolicySyntaxException">A rule is none; the text is rez's.</exception>
    public PackageFilterList(IReadOnlyList<PackageFilter> filters, long timestamp)
    {
        _filters = [.. filters.Select(RuleFilter.Read).OrderBy(x => x.Cost)];
        if (timestamp == 0)
        {
            return;
        }

        // rez adds the exclusion to the dearest filter, so that its inclusions excuse from the timestamp too; filters
        // of which none excludes anything are replaced.
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
    /// <param name="timestamp">
    /// Its time of release in seconds since 1970-01-01 UTC, or 0. Asked for exactly when rez would load the package for
    /// it; more than once if several rules need it.
    /// </param>
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
