using Rer.Compiling;

namespace Rer.Policies;

/// <summary>By version: the latest first if descending, else the earliest.</summary>
/// <remarks>Answers to <c>rez.package_order.SortedOrder</c>.</remarks>
internal sealed class SortedOrder(bool descending) : Orderer
{
    /// <summary>rez's default: the latest first.</summary>
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
