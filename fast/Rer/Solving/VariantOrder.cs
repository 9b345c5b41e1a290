using Rer.Compiling;
using Rer.Policies;
using Rer.Versions;

namespace Rer.Solving;

/// <summary>
/// The order of a package's variants: those with the highest versions of requested packages first, then those that bring
/// in fewer others, then the highest versions of others. <c>_PackageEntry.sort</c>.
/// </summary>
/// <param name="request">The merged request.</param>
/// <param name="orderers">What ranks versions and ranges.</param>
/// <param name="mode">Whether sharing many packages with the request comes first.</param>
/// <param name="remember">Whether to compute each order once.</param>
/// <remarks>
/// Technique: remembered order. The order of all variants of a package depends on the request alone, and the order of
/// some of them is the order of all: it is computed once in a solve, when a split first comes upon the package.
/// </remarks>
internal sealed class VariantOrder(
    IReadOnlyList<RequestItem> request,
    OrdererList orderers,
    VariantSelectMode mode,
    bool remember
)
{
    private readonly Dictionary<(int Family, int Version), int[]> _known = [];

    /// <summary>The indexes of a version's variants, most preferred first.</summary>
    internal int[] Of(CompiledFamily family, int version)
    {
        (int, int) key = (family.Slot.Id, version);
        if (remember && _known.TryGetValue(key, out int[]? known))
        {
            return known;
        }

        int start = family.FirstVariant[version];
        VariantKey[] keys = new VariantKey[family.FirstVariant[version + 1] - start];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = KeyOf(family.Lists.MergedOf(family.ListOf[start + i]), i);
        }

        SortDescending(keys);
        int[] order = Array.ConvertAll(keys, key => key.Index);
        _known[key] = order;
        return order;
    }

    private VariantKey KeyOf(ReadOnlySpan<CompiledRequirement> requirements, int index)
    {
        List<(int Place, CompiledRequirement Requirement)> requested = [];
        List<CompiledRequirement> additional = [];
        foreach (CompiledRequirement requirement in requirements)
        {
            int place = PlaceInRequest(requirement.Slot.Id);
            if (place >= 0)
            {
                // A conflict requirement of the variant counts here too: requires_list.get does not tell them apart.
                requested.Add((place, requirement));
            }
            else if (!requirement.Value.Conflict)
            {
                additional.Add(requirement);
            }
        }

        requested.Sort((a, b) => a.Place.CompareTo(b.Place));
        return new VariantKey(index, requested, additional);
    }

    /// <summary>The position of a family in the merged request, conflicts counted; -1 if not requested.</summary>
    private int PlaceInRequest(int family)
    {
        for (int i = 0; i < request.Count; i++)
        {
            if (request[i].Slot.Id == family)
            {
                return request[i].Value.Conflict ? -1 : i;
            }
        }

        return -1;
    }

    /// <summary>A stable sort, the greatest first, as Python's with <c>reverse=True</c>.</summary>
    private void SortDescending(VariantKey[] keys)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            VariantKey key = keys[i];
            int j = i;
            for (; j > 0 && Compare(keys[j - 1], key) < 0; j--)
            {
                keys[j] = keys[j - 1];
            }

            keys[j] = key;
        }
    }

    /// <summary>Compares as rez's sort keys do; the greater is preferred.</summary>
    private int Compare(VariantKey a, VariantKey b)
    {
        int order = mode == VariantSelectMode.IntersectionPriority ? a.Requested.Count.CompareTo(b.Requested.Count) : 0;
        if (order != 0 || CompareRequested(a, b, out order))
        {
            return order;
        }

        order = b.Additional.Count.CompareTo(a.Additional.Count);
        if (order != 0 || CompareAdditional(a, b, out order))
        {
            return order;
        }

        return a.Index.CompareTo(b.Index);
    }

    /// <summary>Compares by requested families; true if that decides, or leaves it undecided for good.</summary>
    private bool CompareRequested(VariantKey a, VariantKey b, out int order)
    {
        int shared = Math.Min(a.Requested.Count, b.Requested.Count);
        for (int i = 0; i < shared; i++)
        {
            (int placeA, CompiledRequirement requirementA) = a.Requested[i];
            (int placeB, CompiledRequirement requirementB) = b.Requested[i];
            order = placeB.CompareTo(placeA); // rez's key holds the position negated: earlier is greater
            if (order != 0)
            {
                return true;
            }

            string name = requirementA.Slot.Name;
            Orderer orderer = orderers.For(name);
            order = orderer.CompareRanges(
                name,
                requirementA.Value.Range,
                orderer,
                name,
                requirementB.Value.Range,
                out bool tied
            );
            if (order != 0 || tied)
            {
                return true;
            }
        }

        order = a.Requested.Count.CompareTo(b.Requested.Count);
        return order != 0;
    }

    /// <summary>Compares by additional families, of which both have as many.</summary>
    private bool CompareAdditional(VariantKey a, VariantKey b, out int order)
    {
        for (int i = 0; i < a.Additional.Count; i++)
        {
            CompiledRequirement requirementA = a.Additional[i];
            CompiledRequirement requirementB = b.Additional[i];
            string nameA = requirementA.Slot.Name;
            string nameB = requirementB.Slot.Name;
            order = orderers
                .ForAdditional(nameA)
                .CompareRanges(
                    nameA,
                    requirementA.Value.Range,
                    orderers.ForAdditional(nameB),
                    nameB,
                    requirementB.Value.Range,
                    out bool tied
                );
            if (order == 0 && !tied)
            {
                order = CodePointOrder.Instance.Compare(nameA, nameB);
            }

            if (order != 0 || tied)
            {
                return true;
            }
        }

        order = 0;
        return false;
    }

    /// <summary>What a variant is compared by.</summary>
    private sealed record VariantKey(
        int Index,
        List<(int Place, CompiledRequirement Requirement)> Requested,
        List<CompiledRequirement> Additional
    );
}
