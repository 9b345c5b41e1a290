using System.Numerics;
using Rer.Compiling;

namespace Rer.Solving;

/// <summary>
/// Splitting: a phase that can do nothing more chooses. The first scope with more than one variant is cut in two; the
/// first half, which the preferred variants are in, is tried first. <c>_ResolvePhase.split</c> and
/// <c>_PackageVariantSlice.split</c>.
/// </summary>
/// <remarks>
/// Technique: cut on bits. With more than two variants rez goes through them in order and cuts where the families shared
/// with the first variant run out. A family is shared up to the first variant that is not among its holders; the cut is
/// at the last of these, for all families that the first variant requires and the slice does not have in common.
/// Versions are numbered in the order in which they are tried, so each is found by its lowest bit; only within the
/// version of the cut does the variant order matter. A joined slice of one word looks up no version at all, as a rule.
/// PERF: CutOnBits ×2.9 on the 188, ×1.8 on the studio book; FirstUnsolvedHint ×1.39, ×1.23.
/// </remarks>
internal sealed partial class Solver
{
    private readonly List<int> _ordered = [];
    private readonly List<int> _shared = [];

    private readonly VersionOrders _versionOrders = new();
    private ulong[] _firstHalf = new ulong[1];

    /// <summary>The scope to split, or -1 if all are solved.</summary>
    private int FindUnsolved()
    {
        int scope = _switches.FirstUnsolvedHint ? _firstUnsolved : 0;
        for (; scope < _scopeCount; scope++)
        {
            if (_scopes[scope] is { Kind: ScopeKind.Package, IsSolved: false })
            {
                break;
            }
        }

        _firstUnsolved = scope;
        return scope < _scopeCount ? scope : -1;
    }

    /// <summary>Splits; false if where to cut is not decided by numbers and bits.</summary>
    private bool Split()
    {
        int scope = FindUnsolved();
        CompiledFamily family = _scopes[scope].Family!;
        ReadOnlySpan<ulong> slice = Slice(scope);
        Span<ulong> first = Cleared(ref _firstHalf, family.Words);
        if (_switches.CutOnBits && (!_input.HasOrderers || IsTriedFromTheLatest(family, slice)))
        {
            if (_scopes[scope] is { Words: 1, Joined: { } joined })
            {
                first[0] = CutOfWord(scope, family, joined, slice[0]);
            }
            else
            {
                CutOnBits(scope, family, slice, first);
            }
        }
        else
        {
            CutInOrder(family, slice, first);
        }

        if (_variantOrder.IsUndecided)
        {
            return false;
        }

        int half = _halvesTop;
        int top = half + family.Words;
        if (top > _halves.Length)
        {
            Array.Resize(ref _halves, Math.Max(top, _halves.Length * 2));
        }

        for (int i = 0; i < family.Words; i++)
        {
            _halves[half + i] = slice[i] & ~first[i];
        }

        _halvesTop = top;
        PushMark(scope, half);
        SetSlice(scope, first);
        MarkNarrowed(scope);
        return true;
    }

    private void CutOnBits(int scope, CompiledFamily family, ReadOnlySpan<ulong> slice, Span<ulong> first)
    {
        int firstVersion = family.VersionOf[Bits.First(slice)];
        int firstVariant = FirstInOrder(family, slice, firstVersion);
        if (Bits.Count(slice) <= 2)
        {
            Bits.Add(first, firstVariant);
            return;
        }

        // The last version that holds the first variant without one of the shared families, and those families.
        int words = family.Words;
        int cutVersion = -1;
        _shared.Clear();
        int openStart = OpenStart(scope) + family.DependencyWords;
        for (int w = 0; w < family.DependencyWords; w++)
        {
            for (ulong open = _slices[openStart + w]; open != 0; open &= open - 1)
            {
                int d = w * Bits.WordBits + BitOperations.TrailingZeroCount(open);
                ReadOnlySpan<ulong> holders = family.Holders.AsSpan(d * words, words);
                if (!Bits.Contains(holders, firstVariant))
                {
                    continue;
                }

                int outsider = FirstOutside(slice, holders);
                if (outsider < 0)
                {
                    continue; // common to the whole slice, and extracted
                }

                int version = family.VersionOf[outsider];
                if (version > cutVersion)
                {
                    cutVersion = version;
                    _shared.Clear();
                }

                if (version == cutVersion)
                {
                    _shared.Add(d);
                }
            }
        }

        if (cutVersion < 0)
        {
            Bits.Add(first, firstVariant);
            return;
        }

        Bits.AddRange(first, 0, family.FirstVariant[cutVersion]);
        Bits.And(first, slice);
        _ordered.Clear();
        AppendInOrder(family, slice, cutVersion);
        AddOrdered(first, SharedPrefix(family));
    }

    /// <summary>
    /// The cut on bits of a joined slice of one word. The first outsider of a family is compared with others as a bit,
    /// and no version is looked up unless several of its variants are left.
    /// </summary>
    private ulong CutOfWord(int scope, CompiledFamily family, JoinedTables joined, ulong slice)
    {
        ulong starts = joined.VersionStarts;
        ulong first = slice & (0UL - slice);
        if (!BitOperations.IsPow2(slice & Below(starts & ~UpTo(first))))
        {
            int version = family.VersionOf[BitOperations.TrailingZeroCount(first)];
            first = 1UL << FirstInOrder(family, [slice], version);
        }

        if (BitOperations.PopCount(slice) <= 2)
        {
            return first;
        }

        ulong last = 0;
        int openStart = OpenStart(scope) + _scopes[scope].DependencyWords;
        for (int w = 0; w < _scopes[scope].DependencyWords; w++)
        {
            ReadOnlySpan<ulong> holders = joined.Holders.AsSpan(w * Bits.WordBits);
            for (ulong open = _slices[openStart + w]; open != 0; open &= open - 1)
            {
                ulong held = holders[BitOperations.TrailingZeroCount(open)];
                ulong outside = slice & ~held;
                ulong outsider = (held & first) != 0 ? outside & (0UL - outside) : 0;
                last = Math.Max(last, outsider);
            }
        }

        if (last == 0)
        {
            return first;
        }

        ulong before = (1UL << BitOperations.Log2(starts & UpTo(last))) - 1;
        ulong ofCut = slice & ~before & Below(starts & ~UpTo(last));
        return BitOperations.IsPow2(ofCut)
            ? slice & before
            : slice & before | CutWithin(scope, family, joined, slice, first, before, last);
    }

    /// <summary>What of the version of the cut goes to the first half, if several variants of it are left.</summary>
    private ulong CutWithin(
        int scope,
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
                _shared.Add(d);
            }
        }

        _ordered.Clear();
        AppendInOrder(family, [slice], family.VersionOf[BitOperations.TrailingZeroCount(last)]);
        Span<ulong> cut = [0UL];
        AddOrdered(cut, SharedPrefix(family));
        return cut[0];
    }

    /// <summary>All bits below the lowest of a word; all if it has none.</summary>
    private static ulong Below(ulong word) => (word - 1) & ~word;

    /// <summary>A bit and all below it.</summary>
    private static ulong UpTo(ulong bit) => bit | (bit - 1);

    /// <summary>How many of the ordered variants all hold one of the shared families.</summary>
    private int SharedPrefix(CompiledFamily family)
    {
        int longest = 0;
        foreach (int d in _shared)
        {
            ReadOnlySpan<ulong> holders = family.Holders.AsSpan(d * family.Words, family.Words);
            int length = 0;
            while (length < _ordered.Count && Bits.Contains(holders, _ordered[length]))
            {
                length++;
            }

            longest = Math.Max(longest, length);
        }

        return longest;
    }

    private static int FirstOutside(ReadOnlySpan<ulong> slice, ReadOnlySpan<ulong> holders)
    {
        for (int i = 0; i < slice.Length; i++)
        {
            ulong outside = slice[i] & ~holders[i];
            if (outside != 0)
            {
                return i * Bits.WordBits + BitOperations.TrailingZeroCount(outside);
            }
        }

        return -1;
    }

    /// <summary>The same cut, going through the variants in order: for orderers, and to check the cut on bits.</summary>
    /// <remarks>Technique: kept order. The order of some versions is that of all, which is computed once in a solve; and
    /// no variant is looked at behind the cut.</remarks>
    private void CutInOrder(CompiledFamily family, ReadOnlySpan<ulong> slice, Span<ulong> first)
    {
        ReadOnlySpan<int> versions = HasOneVersion(family, slice)
            ? [family.VersionOf[Bits.First(slice)]]
            : _versionOrders.Of(family).Numbers;
        _ordered.Clear();
        int next = 0;
        while (_ordered.Count == 0 && !_variantOrder.IsUndecided)
        {
            AppendInOrder(family, slice, versions[next++]);
        }

        if (_variantOrder.IsUndecided)
        {
            return;
        }

        _shared.Clear();
        if (Bits.Count(slice) > 2)
        {
            for (int d = 0; d < family.Dependencies.Length; d++)
            {
                ReadOnlySpan<ulong> holders = family.Holders.AsSpan(d * family.Words, family.Words);
                if (Bits.Contains(holders, _ordered[0]) && FirstOutside(slice, holders) >= 0)
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

            if (length == _ordered.Count || _variantOrder.IsUndecided)
            {
                break;
            }

            int variant = _ordered[length];
            _shared.RemoveAll(d => !Bits.Contains(family.Holders.AsSpan(d * family.Words, family.Words), variant));
            if (_shared.Count == 0)
            {
                break;
            }

            length++;
        }

        AddOrdered(first, length);
    }

    /// <summary>Whether the versions of a slice are tried from the latest down, as without orderers.</summary>
    private bool IsTriedFromTheLatest(CompiledFamily family, ReadOnlySpan<ulong> slice) =>
        HasOneVersion(family, slice) || _versionOrders.Of(family).IsFromTheLatest;

    private static bool HasOneVersion(CompiledFamily family, ReadOnlySpan<ulong> slice) =>
        Bits.Next(slice, family.FirstVariant[family.VersionOf[Bits.First(slice)] + 1]) < 0;

    private void AddOrdered(Span<ulong> set, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Bits.Add(set, _ordered[i]);
        }
    }

    /// <summary>The live variants of a version, most preferred first, appended to the ordered list.</summary>
    private void AppendInOrder(CompiledFamily family, ReadOnlySpan<ulong> slice, int version)
    {
        int start = family.FirstVariant[version];
        int end = family.FirstVariant[version + 1];
        int live = Bits.Next(slice, start);
        if (live < 0 || live >= end)
        {
            return; // of a version that is not loaded there is no order
        }

        if (end - start == 1)
        {
            _ordered.Add(start);
            return;
        }

        foreach (int index in _variantOrder.OfAll(family, version))
        {
            if (Bits.Contains(slice, start + index))
            {
                _ordered.Add(start + index);
            }
        }
    }

    /// <summary>The most preferred live variant of a version.</summary>
    private int FirstInOrder(CompiledFamily family, ReadOnlySpan<ulong> slice, int version)
    {
        int first = Bits.Next(slice, family.FirstVariant[version]);
        int second = Bits.Next(slice, first + 1);
        if (second < 0 || second >= family.FirstVariant[version + 1])
        {
            return first;
        }

        int start = family.FirstVariant[version];
        foreach (int index in _variantOrder.OfAll(family, version))
        {
            if (Bits.Contains(slice, start + index))
            {
                return start + index;
            }
        }

        return first; // undecided
    }
}
