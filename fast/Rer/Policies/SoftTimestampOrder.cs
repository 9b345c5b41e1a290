namespace Rer.Policies;

/// <summary>
/// Versions released up to a time come first, latest first; then those released after it, earliest first. With a rank,
/// a version that differs from an earlier one only from that token on counts as released before the time.
/// </summary>
/// <param name="timestamp">The time, in seconds since 1970-01-01 UTC.</param>
/// <param name="rank">The first token that may pass the time, from 1; 0 for none.</param>
/// <param name="releases">Returns the versions of a family with their release times, latest first. Called once per
/// family, when it is first ranked, and read only as far as needed.</param>
/// <remarks>
/// Corresponds to <c>rez.package_order.TimestampPackageOrder</c>. rez fails if a range without an upper bound is ranked
/// with a rank. Here such an end, which no version reaches, ranks after all versions.
/// </remarks>
internal sealed class SoftTimestampOrder(
    long timestamp,
    int rank,
    Func<string, IEnumerable<(Version Version, long Timestamp)>> releases
) : Orderer
{
    private readonly Dictionary<string, Version?> _firstAfter = new(StringComparer.Ordinal);

    private sealed record Basis(Version? FirstAfter, int Rank);

    /// <inheritdoc/>
    protected override object BasisOf(string family) => new Basis(FirstAfter(family), rank);

    /// <inheritdoc/>
    public override SortKey KeyOf(string family, Version version)
    {
        Version? firstAfter = FirstAfter(family);
        if (firstAfter is null || version.CompareTo(firstAfter) < 0)
        {
            return SortKey.Tuple(1, version, reversed: false);
        }

        return rank == 0
            ? SortKey.Tuple(0, version, reversed: true)
            : SortKey.Tuple(0, version, version.Trim(rank - 1), version.TokensFrom(rank - 1));
    }

    private Version? FirstAfter(string family)
    {
        if (!_firstAfter.TryGetValue(family, out Version? firstAfter))
        {
            firstAfter = FindFirstAfter(releases(family));
            _firstAfter.Add(family, firstAfter);
        }

        return firstAfter;
    }

    /// <summary>The first version that is not preferred; null if all are preferred or there are no versions.</summary>
    /// <remarks>
    /// Corresponds to rez's <c>_calc_first_after</c>. It walks down from the latest version to the first one whose time
    /// is not after the limit, ignoring versions without a time. All versions it walked past count as after, even if
    /// one of them was released earlier. Versions further down are not looked at.
    /// </remarks>
    private Version? FindFirstAfter(IEnumerable<(Version Version, long Timestamp)> descending)
    {
        Version? firstAfter = null;
        List<Version> passed = [];
        foreach ((Version version, long released) in descending)
        {
            passed.Add(version);
            if (released > timestamp && released != 0)
            {
                firstAfter = version;
            }
            else if (released != 0)
            {
                break;
            }
        }

        return rank == 0 || passed.Count == 0 ? firstAfter : FindOutsideRank(passed);
    }

    /// <summary>
    /// The first version, above the one where the walk ended, whose head differs from that one's. If the walk ran out
    /// of versions, it ended at the earliest.
    /// </summary>
    private Version? FindOutsideRank(List<Version> descending)
    {
        Version head = descending[^1].Trim(rank - 1);
        return descending.FindLast(version => !version.Trim(rank - 1).Equals(head));
    }
}
