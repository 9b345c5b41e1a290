using System.Numerics;
using System.Runtime.CompilerServices;
using Rer.Asking;
using Rer.Compiling;
using Rer.Ordering;
using Rer.Solving.State;

namespace Rer.Solving.Steps;

/// <summary>
/// Splitting: a phase that can do nothing more makes a choice. The first scope with more than one variant is cut in
/// two. The half with the preferred variants is tried first. Corresponds to <c>_ResolvePhase.split</c> and
/// <c>_PackageVariantSlice.split</c>.
/// </summary>
/// <remarks>
/// Technique: cut on bits. If there are more than two variants, rez goes through them in order, and cuts where the
/// families shared with the first variant run out. A family is shared up to the first variant that is not among its
/// holders. The cut is at the last of these, over all families that the first variant requires and the slice does not
/// have in common. Versions are numbered in the order in which they are tried, so each of these is found by its lowest
/// bit. Only within the version of the cut does the variant order matter. As a rule, a joined slice of one word looks
/// up no version at all. PERF: CutOnBits, steady ×1.25 on the 188 and ×1.31 on the studio book, first pass
/// ×1.47 and ×1.18; FirstUnsolvedHint, steady ×1.34 and ×1.20, first pass ×1.18 and ×1.20.
/// </remarks>
/// <param name="state">The state of the solve.</param>
/// <param name="families">The families.</param>
/// <param name="order">The order of a version's variants.</param>
/// <param name="switches">The optimisations in use.</param>
internal sealed class Splitter(SolveState state, FamilySource families, VariantOrder order, EngineSwitches switches)
{
    private readonly List<VariantId> _ordered = [];
    private readonly List<DependencyId> _shared = [];

    private readonly VersionOrders _versionOrders = new();
    private ulong[] _firstHalf = new ulong[1];

    /// <summary>Begins a solve.</summary>
    internal void Begin(SolveInput input) => _versionOrders.Begin(input.Orderers);

    /// <summary>Releases the orders of the last solve.</summary>
    internal void ForgetQuestion() => _versionOrders.Begin(null);

    /// <summary>Splits; false if numbers and bits cannot decide where to cut.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool Split()
    {
        ScopeId scope = state.FindUnsolved();
        CompiledFamily family = state[scope].Family!;
        ReadOnlySpan<ulong> slice = state.Slice(scope);
        Span<ulong> first = Bits.Cleared(ref _firstHalf, family.Words);
        bool isFromTheLatest = !families.Input.HasOrderers || IsTriedFromTheLatest(scope, family, slice);
        if (!switches.CutOnBits || !isFromTheLatest)
        {
            CutInOrder(scope, family, slice, first);
        }
        else if (state[scope] is { Words: 1, Joined: { } joined })
        {
            first[0] = CutOfWord(scope, family, joined, slice[0]);
        }
        else
        {
            CutOnBits(scope, family, slice, first);
        }

        if (order.IsUndecided)
        {
            return false;
        }

        state.Split(scope, first);
        return true;
    }

    private void CutOnBits(ScopeId scope, CompiledFamily family, ReadOnlySpan<ulong> slice, Span<ulong> first)
    {
        VariantId firstVariant = FirstInOrder(family, slice, family.VersionOf(FirstOf(slice)));
        if (Bits.Count(slice) <= 2)
        {
            Bits.Add(first, firstVariant.Number);
            return;
        }

        // The last version that contains the first variant without one of the shared families, and those families.
        VersionId? cutVersion = null;
        _shared.Clear();
        foreach (int number in Bits.Members(state.CutOpen(scope)))
        {
            DependencyId d = new(number);
            ReadOnlySpan<ulong> holders = family.HoldersOf(d);
            if (!Bits.Contains(holders, firstVariant.Number))
            {
                continue;
            }

            int outsider = Bits.NextOutside(slice, holders, 0);
            if (outsider < 0)
            {
                continue; // common to the whole slice, and extracted
            }

            VersionId version = family.VersionOf(new VariantId(outsider));
            if (cutVersion is not { } last || version > last)
            {
                cutVersion = version;
                _shared.Clear();
            }

            if (version == cutVersion)
            {
                _shared.Add(d);
            }
        }

        if (cutVersion is not { } cut)
        {
            Bits.Add(first, firstVariant.Number);
            return;
        }

        Bits.AddRange(first, 0, family.FirstOf(cut).Number);
        Bits.And(first, slice);
        _ordered.Clear();
        AppendInOrder(family, slice, cut);
        AddOrdered(first, SharedPrefix(family));
    }

    /// <summary>
    /// Finds the cut of a joined slice of one word, on bits. The first outsider of a family is compared with others as
    /// a bit. No version is looked up unless several of its variants are left.
    /// </summary>
    private ulong CutOfWord(ScopeId scope, CompiledFamily family, JoinedTables joined, ulong slice)
    {
        ulong starts = joined.VersionStarts;
        ulong first = Bits.Lowest(slice);
        if (!BitOperations.IsPow2(OfFirstVersion(starts, slice)))
        {
            VersionId version = family.VersionOf(new VariantId(Bits.LowestIndex(first)));
            first = 1UL << FirstInOrder(family, [slice], version).Number;
        }

        if (BitOperations.PopCount(slice) <= 2)
        {
            return first;
        }

        ulong last = 0;
        ReadOnlySpan<ulong> holders = joined.Holders;
        foreach (int d in Bits.Members(state.CutOpen(scope)))
        {
            ulong held = holders[d];
            ulong outsider = (held & first) != 0 ? Bits.Lowest(slice & ~held) : 0;
            last = Math.Max(last, outsider);
        }

        if (last == 0)
        {
            return first;
        }

        ulong before = (1UL << BitOperations.Log2(starts & UpTo(last))) - 1;
        ulong ofCut = slice & ~before & Below(starts & ~UpTo(last));
        return BitOperations.IsPow2(ofCut)
            ? slice & before
            : slice & before | CutWithin(family, joined, slice, first, before, last);
    }

    /// <summary>
    /// The part of the version of the cut that goes to the first half, if several of its variants are left.
    /// </summary>
    private ulong CutWithin(
        CompiledFamily family,
        JoinedTables joined,
        ulong slice,
        ulong first,
        ulong before,
        ulong last
    )
    {
        _shared.Clear();
        for (int d = 0; d < joined.Holders.Length; d++)
        {
            ulong held = joined.Holders[d];
            ulong outside = slice & ~held;
            if ((held & first) != 0 && outside != 0 && (outside & before) == 0)
            {
                _shared.Add(new DependencyId(d));
            }
        }

        _ordered.Clear();
        AppendInOrder(family, [slice], family.VersionOf(new VariantId(Bits.LowestIndex(last))));
        Span<ulong> cut = [0UL];
        AddOrdered(cut, SharedPrefix(family));
        return cut[0];
    }

    /// <summary>All bits below the lowest bit of a word; all bits if the word is empty.</summary>
    private static ulong Below(ulong word) => (word - 1) & ~word;

    /// <summary>A bit and all bits below it.</summary>
    private static ulong UpTo(ulong bit) => bit | (bit - 1);

    /// <summary>The number of leading variants, in order, that all have one of the shared families.</summary>
    private int SharedPrefix(CompiledFamily family)
    {
        int longest = 0;
        foreach (DependencyId d in _shared)
        {
            ReadOnlySpan<ulong> holders = family.HoldersOf(d);
            int length = 0;
            while (length < _ordered.Count && Bits.Contains(holders, _ordered[length].Number))
            {
                length++;
            }

            longest = Math.Max(longest, length);
        }

        return longest;
    }

    /// <summary>
    /// Finds the same cut by going through the variants in order. Used with orderers, and to check the cut on bits.
    /// </summary>
    /// <remarks>Technique: kept order. The order of some versions follows from the order of all, which is computed once
    /// in a solve. No variant after the cut is examined.</remarks>
    private void CutInOrder(ScopeId scope, CompiledFamily family, ReadOnlySpan<ulong> slice, Span<ulong> first)
    {
        ReadOnlySpan<VersionId> versions = HasOneVersion(scope, family, slice)
            ? [family.VersionOf(FirstOf(slice))]
            : _versionOrders.Of(state[scope].FamilyId, family).Versions;
        _ordered.Clear();
        int next = 0;
        while (_ordered.Count == 0 && !order.IsUndecided)
        {
            AppendInOrder(family, slice, versions[next++]);
        }

        if (order.IsUndecided)
        {
            return;
        }

        _shared.Clear();
        if (Bits.Count(slice) > 2)
        {
            for (int number = 0; number < family.DependencyCount; number++)
            {
                DependencyId d = new(number);
                ReadOnlySpan<ulong> holders = family.HoldersOf(d);
                if (Bits.Contains(holders, _ordered[0].Number) && Bits.NextOutside(slice, holders, 0) >= 0)
                {
                    _shared.Add(d);
                }
            }
        }

        int length = 1;
        while (true)
        {
            while (length == _ordered.Count && next < versions.Length && _shared.Count > 0)
            {
                AppendInOrder(family, slice, versions[next++]);
            }

            if (length == _ordered.Count || order.IsUndecided)
            {
                break;
            }

            VariantId variant = _ordered[length];
            _shared.RemoveAll(d => !Bits.Contains(family.HoldersOf(d), variant.Number));
            if (_shared.Count == 0)
            {
                break;
            }

            length++;
        }

        AddOrdered(first, length);
    }

    /// <summary>Whether the versions of a slice are tried from the latest down, as without orderers.</summary>
    private bool IsTriedFromTheLatest(ScopeId scope, CompiledFamily family, ReadOnlySpan<ulong> slice) =>
        HasOneVersion(scope, family, slice) || _versionOrders.Of(state[scope].FamilyId, family).IsFromTheLatest;

    private bool HasOneVersion(ScopeId scope, CompiledFamily family, ReadOnlySpan<ulong> slice) =>
        state[scope] is { Words: 1, Joined: { } joined }
            ? slice[0] == OfFirstVersion(joined.VersionStarts, slice[0])
            : Bits.Next(slice, family.EndOf(family.VersionOf(FirstOf(slice))).Number) < 0;

    /// <summary>The part of a slice of one word that belongs to its first version.</summary>
    private static ulong OfFirstVersion(ulong starts, ulong slice) => slice & Below(starts & ~UpTo(Bits.Lowest(slice)));

    private static VariantId FirstOf(ReadOnlySpan<ulong> slice) => new(Bits.First(slice));

    private void AddOrdered(Span<ulong> set, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Bits.Add(set, _ordered[i].Number);
        }
    }

    /// <summary>Appends the live variants of a version, most preferred first, to the ordered list.</summary>
    private void AppendInOrder(CompiledFamily family, ReadOnlySpan<ulong> slice, VersionId version)
    {
        VariantId start = family.FirstOf(version);
        VariantId end = family.EndOf(version);
        int live = Bits.Next(slice, start.Number);
        if (live < 0 || live >= end.Number)
        {
            return; // a version that is not loaded has no order
        }

        if (end - start == 1)
        {
            _ordered.Add(start);
            return;
        }

        foreach (int index in order.OfAll(family, version))
        {
            VariantId variant = start + index;
            if (Bits.Contains(slice, variant.Number))
            {
                _ordered.Add(variant);
            }
        }
    }

    /// <summary>The most preferred live variant of a version.</summary>
    private VariantId FirstInOrder(CompiledFamily family, ReadOnlySpan<ulong> slice, VersionId version)
    {
        VariantId start = family.FirstOf(version);
        int first = Bits.Next(slice, start.Number);
        int second = Bits.Next(slice, first + 1);
        if (second < 0 || second >= family.EndOf(version).Number)
        {
            return new VariantId(first);
        }

        foreach (int index in order.OfAll(family, version))
        {
            VariantId variant = start + index;
            if (Bits.Contains(slice, variant.Number))
            {
                return variant;
            }
        }

        return new VariantId(first); // undecided
    }
}
