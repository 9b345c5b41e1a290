using System.Numerics;
using Rer.Compiling;

namespace Rer.Solving;

/// <summary>Extraction and reduction where all that they ask for stands side by side.</summary>
/// <remarks>
/// Technique: joined tables. To find what a requirement allows means to go from its holders to its row, to the required
/// family and to the words of that row, each somewhere else in memory, and for hundreds of families that is more than
/// the caches near the core hold. Families that are used again keep holders and allowed variants next to each other
/// (<see cref="JoinedTables"/>): a scope is extracted from, or reduced, in one walk, and of the other scope only its slice
/// is asked for. PERF: JoinedTables ×1.15 on the 188, ×1.10 on the studio book; part of it is that only joined tables find out when
/// all is allowed (Settling).
/// </remarks>
internal sealed partial class Solver
{
    /// <summary>As <see cref="ExtractFromWord"/>. The walk is written out for words: shared with that of longer slices, below,
    /// the 188 take 2 % longer.</summary>
    private void ExtractJoined(int scope, JoinedTables joined, ulong slice)
    {
        int openStart = OpenStart(scope);
        int words = _scopes[scope].DependencyWords;
        for (int w = 0; w < words; w++)
        {
            ulong settled = 0;
            for (ulong open = _slices[openStart + w]; open != 0; open &= open - 1)
            {
                int d = w * Bits.WordBits + BitOperations.TrailingZeroCount(open);
                ref readonly JoinedDependency dependency = ref joined.Dependencies[d];
                if ((slice & ~dependency.Holders) != 0)
                {
                    continue;
                }

                bool isSettled = dependency.AreWords
                    ? ExtractJoinedWord(scope, joined, d, dependency, slice)
                    : ExtractJoinedWords(scope, joined, d, dependency, [slice]);
                settled |= isSettled ? open & (0UL - open) : 0;
            }

            Settle(openStart + w, words, settled);
        }
    }

    /// <summary>As <see cref="ExtractFromSlice"/>.</summary>
    private void ExtractJoined(int scope, JoinedTables joined, ReadOnlySpan<ulong> slice)
    {
        int openStart = OpenStart(scope);
        int words = _scopes[scope].DependencyWords;
        for (int w = 0; w < words; w++)
        {
            ulong settled = 0;
            for (ulong open = _slices[openStart + w]; open != 0; open &= open - 1)
            {
                int d = w * Bits.WordBits + BitOperations.TrailingZeroCount(open);
                ref readonly JoinedDependency dependency = ref joined.Dependencies[d];
                if ((slice[0] & ~dependency.Holders) != 0)
                {
                    continue;
                }

                if (ExtractJoinedWords(scope, joined, d, dependency, slice))
                {
                    settled |= open & (0UL - open);
                }
            }

            Settle(openStart + w, words, settled);
        }
    }

    /// <summary>Extracts a dependency that is common to a slice; true if it is settled.</summary>
    private bool ExtractJoinedWord(int scope, JoinedTables joined, int d, in JoinedDependency dependency, ulong slice)
    {
        int to = WholeSliceOf(dependency.Family);
        if (to < 0 && !CanAdd(dependency.Family))
        {
            return Extract(_scopes[scope].Family!, d, [slice]);
        }

        // What is not in the solve yet holds more than any number of requirements could be seen to allow.
        ulong held = to >= 0 ? _slices[to] : ulong.MaxValue;
        if ((held & ~dependency.Common) == 0)
        {
            return true;
        }

        if (dependency.CountAll == 1)
        {
            NarrowJoined(dependency.Family, to, dependency.Common);
            return true;
        }

        ulong union = 0;
        bool isSettled = false;
        ulong[] table = joined.Words;
        int end = dependency.Start + 2 * dependency.Count;
        for (int at = dependency.Start; at < end; at += 2)
        {
            ulong live = slice & table[at];
            if (live == 0)
            {
                continue;
            }

            union |= table[at + 1];
            if (live == slice)
            {
                isSettled = true;
                break;
            }

            if ((held & ~union) == 0)
            {
                return false;
            }
        }

        NarrowJoined(dependency.Family, to, union);
        return isSettled;
    }

    /// <summary>
    /// Whether joined tables say what a family that has no whole slice yet begins with. Not if the solve came upon it
    /// before all of it was loaded, and keeps to what it knows, nor if part of it is filtered.
    /// </summary>
    private bool CanAdd(int id) => !_loader.IsCareful(Family(id));

    private void NarrowJoined(int id, int slice, ulong allowed)
    {
        if (slice < 0)
        {
            Narrow(id, Family(id), [allowed], []);
        }
        else if ((_slices[slice] & ~allowed) != 0)
        {
            NarrowWord(_families[id].Scope, allowed);
        }
    }

    /// <summary>Extracts a dependency that is common to a slice by its first word; true if it is settled.</summary>
    private bool ExtractJoinedWords(
        int scope,
        JoinedTables joined,
        int d,
        in JoinedDependency dependency,
        ReadOnlySpan<ulong> slice
    )
    {
        int words = dependency.TargetWords;
        if (words == 0)
        {
            return IsCommon(scope, d, slice) && Extract(_scopes[scope].Family!, d, slice);
        }

        int at = dependency.Start - words;
        ReadOnlySpan<ulong> table = joined.Words;
        if (!Bits.IsSubset(slice, table.Slice(at - slice.Length, slice.Length)))
        {
            return false;
        }

        int to = WholeSliceOf(dependency.Family);
        if (to < 0 && !CanAdd(dependency.Family))
        {
            return Extract(_scopes[scope].Family!, d, slice);
        }

        if (to >= 0 && Bits.IsSubset(_slices.AsSpan(to, words), table.Slice(at, words)))
        {
            return true;
        }

        at += words;
        Span<ulong> union = stackalloc ulong[JoinedTables.MaxWords];
        union = union[..words];
        union.Clear();
        bool isSettled = false;
        for (int r = 0; r < dependency.Count && !isSettled; r++)
        {
            ReadOnlySpan<ulong> holders = table.Slice(at, slice.Length);
            at += slice.Length;
            if (Bits.Share(slice, holders))
            {
                Bits.Or(union, table.Slice(at, words));
                isSettled = Bits.IsSubset(slice, holders);
            }

            at += words;
        }

        if (to >= 0)
        {
            NarrowSlice(_families[dependency.Family].Scope, union, 0);
        }
        else
        {
            Narrow(dependency.Family, Family(dependency.Family), union, []);
        }

        return isSettled;
    }

    private bool IsCommon(int scope, int d, ReadOnlySpan<ulong> slice) =>
        Bits.IsSubset(slice, _scopes[scope].Family!.Holders.AsSpan(d * slice.Length, slice.Length));

    private bool Extract(CompiledFamily family, int d, ReadOnlySpan<ulong> slice) =>
        Extract(family, family.Dependencies[d], slice, 0, slice.Length);

    /// <summary>As <see cref="ReduceWord"/>.</summary>
    private bool ReduceJoinedWord(int scope, JoinedTables joined, int d, in JoinedDependency dependency, int otherSlice)
    {
        ulong other = _slices[otherSlice];
        if ((other & ~dependency.Common) == 0)
        {
            SettleAllowed(scope, d);
            return true;
        }

        ulong[] table = joined.Words;
        ulong slice = _slices[_scopes[scope].Slice];
        ulong removed = 0;
        ulong partly = 0;
        int end = dependency.Start + 2 * dependency.CountAll;
        for (int at = dependency.Start; at < end; at += 2)
        {
            ulong allowed = table[at + 1] & other;
            removed |= allowed == 0 ? table[at] : 0;
            partly |= allowed != other ? table[at] : 0;
        }

        removed &= slice;
        if ((partly & slice & ~removed) == 0)
        {
            SettleAllowed(scope, d);
        }

        return removed == 0 || RemoveWord(scope, slice, removed);
    }

    /// <summary>As <see cref="ReduceSlice"/>.</summary>
    private bool ReduceJoinedWords(
        int scope,
        JoinedTables joined,
        int d,
        in JoinedDependency dependency,
        int otherSlice
    )
    {
        int words = _scopes[scope].Words;
        ReadOnlySpan<ulong> table = joined.Words;
        ReadOnlySpan<ulong> other = _slices.AsSpan(otherSlice, dependency.TargetWords);
        if (Bits.IsSubset(other, table.Slice(dependency.Start - other.Length, other.Length)))
        {
            SettleAllowed(scope, d);
            return true;
        }

        Span<ulong> removed = stackalloc ulong[JoinedTables.MaxWords];
        removed = removed[..words];
        removed.Clear();
        ReadOnlySpan<ulong> slice = _slices.AsSpan(_scopes[scope].Slice, words);
        bool partly = false;
        int stride = words + other.Length;
        int at = dependency.Start;
        for (int r = 0; r < dependency.CountAll; r++, at += stride)
        {
            ReadOnlySpan<ulong> holders = table.Slice(at, words);
            ReadOnlySpan<ulong> allowed = table.Slice(at + words, other.Length);
            if (!Bits.Share(other, allowed))
            {
                Bits.Or(removed, holders);
            }
            else if (!Bits.IsSubset(other, allowed))
            {
                partly |= Bits.Share(slice, holders);
            }
        }

        if (!partly)
        {
            SettleAllowed(scope, d);
        }

        return Remove(scope, removed, 0);
    }
}
