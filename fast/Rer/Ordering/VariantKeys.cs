using Rer.Compiling;
using Rer.Policies;
using Rer.Versions;

namespace Rer.Ordering;

/// <summary>
/// The keys by which the variants of a package are compared. Corresponds to the keys in <c>_PackageEntry.sort</c>.
/// </summary>
/// <param name="places">The positions of families in the request.</param>
internal sealed class VariantKeys(RequestPlaces places)
{
    private readonly List<KeyPart> _parts = [];
    private readonly List<VariantKey> _keys = [];
    private OrdererList _orderers = null!;
    private bool _sharedFirst;

    /// <summary>The keys that were created last.</summary>
    internal List<VariantKey> All => _keys;

    /// <summary>Begins a solve.</summary>
    /// <param name="orderers">Ranks ranges.</param>
    /// <param name="sharedFirst">Whether the variants that share most with the request come first.</param>
    internal void Begin(OrdererList orderers, bool sharedFirst)
    {
        _orderers = orderers;
        _sharedFirst = sharedFirst;
    }

    /// <summary>Releases the orderers of the last solve.</summary>
    internal void ForgetOrderers() => _orderers = null!;

    /// <summary>Creates the keys of some variants of a version.</summary>
    internal void Make(CompiledFamily family, VersionId version, ReadOnlySpan<int> indexes)
    {
        _parts.Clear();
        _keys.Clear();
        foreach (int index in indexes)
        {
            int list = family.ListOf(family.FirstOf(version) + index);
            int start = _parts.Count;
            foreach (CompiledRequirement requirement in family.Lists.MergedOf(list))
            {
                PlaceId place = places.Of(requirement.Slot.Id);
                if (!place.IsNone)
                {
                    // A conflict requirement counts here too, because rez's requires_list.get does not distinguish it.
                    InsertRequested(start, new KeyPart(place, requirement));
                }
            }

            int additional = _parts.Count;
            foreach (CompiledRequirement requirement in family.Lists.MergedOf(list))
            {
                if (!requirement.Value.Conflict && places.Of(requirement.Slot.Id).IsNone)
                {
                    _parts.Add(new KeyPart(PlaceId.None, requirement));
                }
            }

            _keys.Add(new VariantKey(index, start, additional, _parts.Count));
        }
    }

    private void InsertRequested(int start, KeyPart part)
    {
        int at = _parts.Count;
        while (at > start && _parts[at - 1].Place > part.Place)
        {
            at--;
        }

        _parts.Insert(at, part);
    }

    /// <summary>
    /// Ranks everything that the keys are compared by, as rez does before it compares any. That includes requirements
    /// that decide nothing.
    /// </summary>
    internal void RankAll()
    {
        foreach (KeyPart part in _parts)
        {
            string name = part.Requirement.Slot.Name;
            if (part.Requirement.Value.Range is { } range)
            {
                Orderer orderer = part.Place.IsNone ? _orderers.ForAdditional(name) : _orderers.For(name);
                _ = orderer.KeyOf(name, range.Bounds[0].Lower);
            }
        }
    }

    /// <summary>Compares as rez's sort keys do. The greater one is preferred.</summary>
    /// <param name="a">A key.</param>
    /// <param name="b">Another key.</param>
    /// <param name="mixed">Whether the keys are of different kinds, so that the result of sorting by them depends on
    /// Python's algorithm.</param>
    internal int Compare(VariantKey a, VariantKey b, out bool mixed)
    {
        mixed = false;
        int order = _sharedFirst ? a.RequestedCount.CompareTo(b.RequestedCount) : 0;
        if (order != 0 || CompareRequested(a, b, out order, out mixed))
        {
            return order;
        }

        order = b.AdditionalCount.CompareTo(a.AdditionalCount);
        if (order != 0 || CompareAdditional(a, b, out order, ref mixed))
        {
            return order;
        }

        return a.Index.CompareTo(b.Index);
    }

    /// <summary>Compares by requested families; true if that decides, or leaves it permanently undecided.</summary>
    private bool CompareRequested(VariantKey a, VariantKey b, out int order, out bool mixed)
    {
        mixed = false;
        int shared = Math.Min(a.RequestedCount, b.RequestedCount);
        for (int i = 0; i < shared; i++)
        {
            KeyPart partA = _parts[a.Start + i];
            KeyPart partB = _parts[b.Start + i];
            order = partB.Place.Number.CompareTo(partA.Place.Number); // rez negates the position, so earlier is greater
            if (order != 0)
            {
                return true;
            }

            if (ReferenceEquals(partA.Requirement, partB.Requirement))
            {
                continue;
            }

            string name = partA.Requirement.Slot.Name;
            Orderer orderer = _orderers.For(name);
            order = orderer.CompareRanges(
                name,
                partA.Requirement.Value.Range,
                orderer,
                name,
                partB.Requirement.Value.Range,
                out bool tied
            );
            mixed |= tied;
            if (order != 0 || tied)
            {
                return true;
            }
        }

        order = a.RequestedCount.CompareTo(b.RequestedCount);
        return order != 0;
    }

    /// <summary>Compares by additional families, of which both have the same number.</summary>
    private bool CompareAdditional(VariantKey a, VariantKey b, out int order, ref bool mixed)
    {
        for (int i = 0; i < a.AdditionalCount; i++)
        {
            CompiledRequirement requirementA = _parts[a.Additional + i].Requirement;
            CompiledRequirement requirementB = _parts[b.Additional + i].Requirement;
            if (ReferenceEquals(requirementA, requirementB))
            {
                continue;
            }

            string nameA = requirementA.Slot.Name;
            string nameB = requirementB.Slot.Name;
            Orderer ordererA = _orderers.ForAdditional(nameA);
            Orderer ordererB = _orderers.ForAdditional(nameB);
            order = ordererA.CompareRanges(
                nameA,
                requirementA.Value.Range,
                ordererB,
                nameB,
                requirementB.Value.Range,
                out bool tied
            );
            mixed |= tied || !AreOfOneKind(ordererA, ordererB);
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

    /// <summary>Whether the keys of two orderers are consistently ordered together.</summary>
    private static bool AreOfOneKind(Orderer a, Orderer b) =>
        ReferenceEquals(a, b)
        || (a.RanksRangesByVersion && b.RanksRangesByVersion)
        || (a.RanksRangesByVersion == b.RanksRangesByVersion && a.GetType() == b.GetType() && a is not CustomOrder);
}

/// <summary>A requirement that a variant is compared by, with the position of its family in the request.</summary>
internal readonly record struct KeyPart(PlaceId Place, CompiledRequirement Requirement);

/// <summary>
/// What a variant is compared by, as stretches of the parts: requested families by position, then others.
/// </summary>
internal readonly record struct VariantKey(int Index, int Start, int Additional, int End)
{
    internal int RequestedCount => Additional - Start;

    internal int AdditionalCount => End - Additional;
}
