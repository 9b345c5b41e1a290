namespace Rer;

/// <summary>
/// A rule for the order in which the versions of some families are tried, as rez writes it in configuration. The first
/// orderer in a list that names a family wins, then the first for <c>*</c>. Without either, versions descend.
/// </summary>
/// <remarks>There are rez's five kinds, and <see cref="CustomOrderer"/> for your own. Corresponds to
/// <c>rez.package_order.PackageOrder</c>.</remarks>
public abstract record PackageOrderer
{
    private protected PackageOrderer() { }

    /// <summary>
    /// The families it applies to; null for all of them. <c>*</c> means every family that no orderer names.
    /// </summary>
    public IReadOnlyList<string>? Packages
    {
        get;
        init => field = value is null ? null : InputList.Copy(value);
    }
}

/// <summary>Versions in ascending or descending order: rez's <c>sorted</c>.</summary>
/// <param name="Descending">Whether the latest version comes first.</param>
public sealed record SortedOrderer(bool Descending) : PackageOrderer;

/// <summary>Versions up to a given one first: rez's <c>version_split</c>.</summary>
/// <param name="FirstVersion">The version to start from, as text.</param>
public sealed record VersionSplitOrderer(string FirstVersion) : PackageOrderer;

/// <summary>Versions released before a time first: rez's <c>soft_timestamp</c>.</summary>
/// <param name="Timestamp">The time, in seconds since 1970-01-01 UTC.</param>
/// <param name="Rank">If not zero, a version released after the time is still allowed if it differs only at this rank
/// (3: patch) or below.</param>
public sealed record SoftTimestampOrderer(long Timestamp, int Rank) : PackageOrderer;

/// <summary>The order in which versions were listed: rez's <c>no_order</c>.</summary>
public sealed record NoOrderer : PackageOrderer;

/// <summary>An orderer for each family: rez's <c>per_family</c>.</summary>
/// <param name="Orderers">The orderers, each with the families it applies to. If two name the same family, the later
/// one is used.</param>
/// <param name="DefaultOrder">How to order families that no orderer names. As in rez, it is used only if one of the
/// orderers is for <c>*</c>.</param>
public sealed record PerFamilyOrderer(IReadOnlyList<PackageOrderer> Orderers, PackageOrderer? DefaultOrder)
    : PackageOrderer
{
    /// <summary>
    /// The orderers, each with the families it applies to. If two name the same family, the later one is used.
    /// </summary>
    public IReadOnlyList<PackageOrderer> Orderers
    {
        get;
        init => field = InputList.Copy(value);
    } = InputList.Copy(Orderers, nameof(Orderers));
}
