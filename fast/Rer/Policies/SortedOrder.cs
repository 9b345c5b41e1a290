using Rer.Compiling;

namespace Rer.Policies;

/// <summary>Sorts by version: latest first if descending, earliest first otherwise.</summary>
/// <remarks>Corresponds to <c>rez.package_order.SortedOrder</c>.</remarks>
internal sealed class SortedOrder(bool descending) : Orderer
{
    /// <summary>rez's default: latest first.</summary>
    public static SortedOrder Default { get; } = new(descending: true);

    /// <inheritdoc/>
    public override bool IsDefault => descending;

    /// <inheritdoc/>
    public override SortKey KeyOf(string family, Version version) => SortKey.Single(version, reversed: !descending);

    /// <inheritdoc/>
    public override FamilyOrder OrderOf(string family, FamilyListing listing) =>
        descending ? listing.FromTheLatest : base.OrderOf(family, listing);

    /// <inheritdoc/>
    protected override object BasisOf(string family) => typeof(SortedOrder);

    /// <inheritdoc/>
    public override int Compare(string family, Version a, Version b) => descending ? a.CompareTo(b) : b.CompareTo(a);
}
