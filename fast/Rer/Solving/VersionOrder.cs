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
        if (versions.Count > 1)
        {
            bool[] held = new bool[family.Listing.Count];
            versions.ForEach(version => held[version] = true);
            versions = [.. OfAll(orderers, family).Where(version => held[version])];
        }

        return versions;
    }

    /// <summary>All versions of a family, likewise.</summary>
    internal static int[] OfAll(OrdererList orderers, CompiledFamily family)
    {
        string name = family.Slot.Name;
        Orderer orderer = orderers.For(name);
        if (orderer.NumbersInOrder(name, family.Listing) is { } order)
        {
            return order;
        }

        if (orderer.IsDefault)
        {
            return family.Listing.FromTheLatest;
        }

        // An exception does not get out of a sort as it is.
        orderer.Prepare(name);
        FamilyListing listing = family.Listing;
        int[] versions = [.. listing.Listed];
        int[] position = new int[versions.Length];
        for (int i = 0; i < versions.Length; i++)
        {
            position[versions[i]] = i;
        }

        Array.Sort(
            versions,
            (a, b) =>
            {
                int byKey = orderer.Compare(name, listing.Versions[b], listing.Versions[a]);
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
