namespace Rer;

/// <summary>
/// A rule for the order in which the versions of some families are tried, as rez writes it in configuration. The
/// first orderer in a list that names a family wins, then the first for <c>*</c>, else versions descend.
/// </summary>
/// <remarks>rez's five kinds, and <see cref="CustomOrderer"/> for those of anyone's own. Answers to
/// <c>rez.package_order.PackageOrder</c>.</remarks>
public abstract record PackageOrderer
{
    private protected PackageOrderer() { }

    /// <summary>The families it applies to, <c>*</c> standing for those that no orderer names; null for all of them.</summary>
    public IReadOnlyList<string>? Packages
    {
        get;
        init => field = value is null ? null : InputList.Copy(value);
    }
}

/// <summary>Versions in order: rez's <c>sorted</c>.</summary>
/// <param name="Descending">Whether the latest version comes first.</param>
public sealed record SortedOrderer(bool Descending) : PackageOrderer;

/// <summary>Versions up to a given one first: rez's <c>version_split</c>.</summary>
/// <param name="FirstVersion">The version to start from, as text.</param>
public sealed record VersionSplitOrderer(string FirstVersion) : PackageOrderer;

/// <summary>Versions released before a time first: rez's <c>soft_timestamp</c>.</summary>
/// <param name="Timestamp">The time, in seconds since 1970-01-01 UTC.</param>
/// <param name="Rank">If not zero, changes of versions at this rank (3: patch) and below may pass the time.</param>
public sealed record SoftTimestampOrderer(long Timestamp, int Rank) : PackageOrderer;

/// <summary>The order in which versions were listed: rez's <c>no_order</c>.</summary>
public sealed record NoOrderer : PackageOrderer;

/// <summary>Orderers by family: rez's <c>per_family</c>.</summary>
/// <param name="Orderers">Each with the families it is for; of two for one family the later is used.</param>
/// <param name="DefaultOrder">How families are ordered that it does not name, where it is asked about one: as it is if one
/// of its orderers is for <c>*</c>. Otherwise it is never consulted, as in rez.</param>
public sealed record PerFamilyOrderer(IReadOnlyList<PackageOrderer> Orderers, PackageOrderer? DefaultOrder)
    : PackageOrderer
{
    /// <summary>Each with the families it is for; of two for one family the later is used.</summary>
    public IReadOnlyList<PackageOrderer> Orderers
    {
        get;
        init => field = InputList.Copy(value);
    } = InputList.Copy(Orderers, nameof(Orderers));
}
