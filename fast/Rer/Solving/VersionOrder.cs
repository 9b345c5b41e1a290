using Rer.Compiling;
using Rer.Policies;

namespace Rer.Solving;

/// <summary>The order in which a family's versions are tried. <c>_PackageVariantSlice.sort_versions</c>.</summary>
internal static class VersionOrder
{
    /// <summary>The versions of a slice, the most preferred first; those that rank equal as they were listed.</summary>
    internal static List<int> Of(OrdererList orderers, CompiledFamily family, ReadOnlySpan<ulong> slice)
    {
        List<int> versions = Listed(family, slice);
        string name = family.Slot.Name;
        Orderer orderer = orderers.For(name);
        if (versions.Count > 1)
        {
            // An exception does not get out of a sort as it is.
            orderer.Prepare(name);
        }

        int[] position = new int[family.Listing.Count];
        for (int i = 0; i < versions.Count; i++)
        {
            position[versions[i]] = i;
        }

        versions.Sort(
            (a, b) =>
            {
                int byKey = orderer.Compare(name, family.Listing.Versions[b], family.Listing.Versions[a]);
                return byKey != 0 ? byKey : position[a].CompareTo(position[b]);
            }
        );
        return versions;
    }

    /// <summary>The versions of a slice as they were listed.</summary>
    internal static List<int> Listed(CompiledFamily family, ReadOnlySpan<ulong> slice)
    {
        List<int> versions = [];
        foreach (int version in family.Listing.Listed)
        {
            int variant = Bits.Next(slice, family.FirstVariant[version]);
            if (variant >= 0 && variant < family.FirstVariant[version + 1])
            {
                versions.Add(version);
            }
        }

        return versions;
    }
}
