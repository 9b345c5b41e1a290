using Rer.Compiling;

namespace Rer.Replaying;

/// <summary>
/// The variants of one version in the order in which rez lists them. Corresponds to <c>_PackageEntry</c>. Slices share
/// entries. Sorting one for a slice sorts it for all, which is visible in the order of reductions in a text.
/// </summary>
/// <param name="version">The version.</param>
/// <param name="indexes">The variants, by index within the version.</param>
internal sealed class ReplayEntry(VersionId version, int[] indexes)
{
    private static readonly int[] s_only = [0];

    private bool _isSorted;

    /// <summary>The list of all variants of a version, as the package has them.</summary>
    internal static ReplayEntry OfAll(VersionId version, int count) =>
        new(version, count == 1 ? s_only : [.. Enumerable.Range(0, count)]);

    /// <summary>The version.</summary>
    internal VersionId Version { get; } = version;

    /// <summary>The variants, by index within the version, in their current order.</summary>
    internal int[] Indexes { get; private set; } = indexes;

    /// <summary>The variants that are in a set, in a new list; this list if all are, null if none is.</summary>
    internal ReplayEntry? Where(CompiledFamily family, ulong[] kept)
    {
        VariantId start = family.FirstOf(Version);
        int count = 0;
        foreach (int index in Indexes)
        {
            count += Bits.Contains(kept, (start + index).Number) ? 1 : 0;
        }

        // rez forgets that the rest of a sorted list is sorted, and sorts it again, mostly to the same order.
        return count == Indexes.Length ? this
            : count == 0 ? null
            : new ReplayEntry(Version, [.. Indexes.Where(index => Bits.Contains(kept, (start + index).Number))]);
    }

    /// <summary>Sorts the list in place. Corresponds to <c>_PackageEntry.sort</c>.</summary>
    /// <remarks>
    /// rez makes the key of one variant after the other. Each time, it raises if the requirements are invalid, and then
    /// if they cannot be ranked.
    /// </remarks>
    /// <exception cref="ReplayErrorException">The requirements of a variant contradict each other.</exception>
    internal void Sort(CompiledFamily family, Ordering.VariantOrder order)
    {
        if (_isSorted)
        {
            return;
        }

        foreach (int index in Indexes)
        {
            RaiseIfBroken(family, family.FirstOf(Version) + index);
            order.Rank(family, Version, index);
        }

        Indexes = order.OfSome(family, Version, Indexes);
        _isSorted = true;
    }

    /// <summary>Raises an error if the requirements of a variant contradict each other.</summary>
    internal static void RaiseIfBroken(CompiledFamily family, VariantId variant)
    {
        if (family.Broken is { } broken && Bits.Contains(broken, variant.Number))
        {
            VariantError error = family.ErrorOf(variant);
            throw new ReplayErrorException(error.Kind, error.Message);
        }
    }
}
