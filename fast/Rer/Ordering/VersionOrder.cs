using Rer.Compiling;
using Rer.Policies;

namespace Rer.Ordering;

/// <summary>
/// The order in which a family's versions are tried. Corresponds to <c>_PackageVariantSlice.sort_versions</c>.
/// </summary>
internal static class VersionOrder
{
    /// <summary>
    /// The versions of a slice, the most preferred first. Versions of equal rank keep the order in which they were
    /// listed.
    /// </summary>
    internal static List<VersionId> Of(OrdererList orderers, CompiledFamily family, ReadOnlySpan<ulong> slice)
    {
        List<VersionId> versions = Listed(family, slice);
        if (versions.Count > 1)
        {
            bool[] held = new bool[family.Listing.Count];
            versions.ForEach(version => held[version.Number] = true);
            versions = [.. OfAll(orderers, family).Versions.Where(version => held[version.Number])];
        }

        return versions;
    }

    /// <summary>All versions of a family, the most preferred first.</summary>
    internal static FamilyOrder OfAll(OrdererList orderers, CompiledFamily family) =>
        orderers.For(family.Slot.Name).OrderOf(family.Slot.Name, family.Listing);

    /// <summary>The versions of a slice in the order in which they were listed.</summary>
    internal static List<VersionId> Listed(CompiledFamily family, ReadOnlySpan<ulong> slice)
    {
        List<VersionId> versions = [];
        foreach (VersionId version in family.Listing.Listed)
        {
            int held = Bits.Next(slice, family.FirstOf(version).Number);
            if (held >= 0 && held < family.EndOf(version).Number)
            {
                versions.Add(version);
            }
        }

        return versions;
    }
}
