using Rer.Compiling;
using Rer.Versions;

namespace Rer.Policies;

/// <summary>Ranks the versions of a family, and the ranges that requirements ask for.</summary>
/// <remarks>
/// Corresponds to <c>rez.package_order.PackageOrder</c>. All comparisons use rez's sort keys. rez sorts in reverse, so
/// the <em>greater</em> key comes first. An orderer belongs to one solve and is not thread-safe.
/// </remarks>
internal abstract class Orderer
{
    /// <summary>Whether this ranks by version alone, latest first.</summary>
    public virtual bool IsDefault => false;

    /// <summary>
    /// Whether this ranks ranges as the default orderer does. It may still rank versions differently.
    /// </summary>
    public virtual bool RanksRangesByVersion => IsDefault;

    /// <summary>
    /// The key that a version of a family is ranked by. Corresponds to rez's <c>sort_key_implementation</c>.
    /// </summary>
    public abstract SortKey KeyOf(string family, Version version);

    /// <summary>The orderer that ranks a family. This is the orderer itself, unless it delegates by family.</summary>
    public virtual Orderer For(string family) => this;

    /// <summary>
    /// All versions of a family, the most preferred first. Versions of equal rank keep the order in which they are
    /// listed. Corresponds to <c>_PackageVariantSlice.sort_versions</c>.
    /// </summary>
    public virtual FamilyOrder OrderOf(string family, FamilyListing listing)
    {
        object basis = BasisOf(family);
        return listing.Orders.Find(basis) ?? listing.Orders.Add(basis, Sort(family, listing));
    }

    /// <summary>
    /// The same for a family that the caller asks about for the first time in a solve, and will not ask about again.
    /// </summary>
    public virtual FamilyOrder FirstOrderOf(string family, FamilyListing listing) => OrderOf(family, listing);

    private FamilyOrder Sort(string family, FamilyListing listing)
    {
        VersionId[] versions = [.. listing.Listed];
        int[] position = new int[versions.Length];
        for (int i = 0; i < versions.Length; i++)
        {
            position[versions[i].Number] = i;
        }

        Array.Sort(
            versions,
            (a, b) =>
            {
                int byKey = Compare(family, listing.VersionOf(b), listing.VersionOf(a));
                return byKey != 0 ? byKey : position[a.Number].CompareTo(position[b.Number]);
            }
        );
        return new FamilyOrder(versions);
    }

    /// <summary>
    /// A key for how this orders the versions of a family. If two keys are equal, any listing is ordered in the same
    /// way. Errors in computing the order are raised here, because an exception thrown inside a sort would be wrapped.
    /// </summary>
    protected virtual object BasisOf(string family) => this;

    /// <summary>Compares two versions of a family.</summary>
    public virtual int Compare(string family, Version a, Version b) =>
        KeyOf(family, a).CompareTo(KeyOf(family, b), out _);

    /// <summary>Compares two ranges by a rule of this orderer's own; null if it ranks ranges by keys.</summary>
    public virtual int? CompareOwnRanges(string familyA, VersionRange a, string familyB, VersionRange b) => null;

    /// <summary>Called when the solve reaches a family.</summary>
    public virtual void Reach(string family, FamilyListing listing) { }

    /// <summary>
    /// Compares two ranges, each by its family and orderer: bound by bound, then by the number of bounds.
    /// </summary>
    /// <param name="familyA">The family of the first range.</param>
    /// <param name="a">The first range, ranked by this orderer; null for a requirement without a range.</param>
    /// <param name="orderer">The orderer of the second range.</param>
    /// <param name="familyB">The family of the second range.</param>
    /// <param name="b">The second range; null for a requirement without a range.</param>
    /// <param name="tied">Whether the result is 0 although the keys are not equal. rez then compares nothing further.
    /// Only orderers of different kinds can tie.</param>
    /// <returns>Negative, 0 or positive. Null comes before every range, where rez raises a TypeError.</returns>
    public int CompareRanges(
        string familyA,
        VersionRange? a,
        Orderer orderer,
        string familyB,
        VersionRange? b,
        out bool tied
    )
    {
        tied = false;
        if (a is null || b is null)
        {
            return (a is null ? 0 : 1) - (b is null ? 0 : 1);
        }

        if (RanksRangesByVersion && orderer.RanksRangesByVersion)
        {
            return a.CompareTo(b);
        }

        if (ReferenceEquals(this, orderer) && CompareOwnRanges(familyA, a, familyB, b) is { } own)
        {
            return own;
        }

        ReadOnlySpan<Bound> boundsA = a.Bounds;
        ReadOnlySpan<Bound> boundsB = b.Bounds;
        for (int i = 0; i < boundsA.Length && i < boundsB.Length; i++)
        {
            ref readonly Bound boundA = ref boundsA[i];
            ref readonly Bound boundB = ref boundsB[i];
            int order = KeyOf(familyA, boundA.Lower).CompareTo(orderer.KeyOf(familyB, boundB.Lower), out tied);
            if (order == 0 && !tied)
            {
                order = boundB.LowerInclusive.CompareTo(boundA.LowerInclusive);
            }

            if (order == 0 && !tied)
            {
                order = KeyOf(familyA, boundA.Upper).CompareTo(orderer.KeyOf(familyB, boundB.Upper), out tied);
            }

            if (order == 0 && !tied)
            {
                order = boundA.UpperInclusive.CompareTo(boundB.UpperInclusive);
            }

            if (order != 0 || tied)
            {
                return order;
            }
        }

        return boundsA.Length.CompareTo(boundsB.Length);
    }
}
