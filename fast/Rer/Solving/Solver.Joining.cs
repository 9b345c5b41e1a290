using System.Numerics;
using System.Runtime.Intrinsics;
using Rer.Compiling;

namespace Rer.Solving;

/// <summary>Extraction and reduction where all that they ask for stands side by side.</summary>
/// <remarks>
/// <para>
/// Technique: joined tables. To find what a requirement allows means to go from its holders to its row, to the required
/// family and to the words of that row, each somewhere else in memory, and for hundreds of families that is more than
/// the caches near the core hold. Families that are used again keep holders and allowed variants next to each other
/// (<see cref="JoinedTables"/>): a scope is extracted from, or reduced, in one walk, and of the other scope only its slice
/// is asked for, whose place stands with the number of its family (<see cref="FamilyState"/>).
/// </para>
/// <para>
/// With each dependency stands what all of its requirements allow. Where the other scope holds nothing else, which is so
/// for half of the extractions, the requirements are not looked at at all; and a single requirement is that set. Sets of
/// two to four words are vectors.
/// </para>
/// <para>
/// PERF: JoinedTables ×1.38 on the 188, ×1.22 on the studio book; part of it is that only joined tables find out when all
/// is allowed (Settling), that a slice of one word is cut by its bits alone (Splitting), and that the end of a solve finds
/// what a variant requires beside its result.
/// </para>
/// </remarks>
internal sealed partial class Solver
{
    /// <summary>Extracts from a slice of one word. The walk is written out for words: shared with that of longer slices, below,
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
                    : ExtractJoinedWords(scope, joined, d, dependency, Vector256.CreateScalar(slice), [slice]);
                settled |= isSettled ? open & (0UL - open) : 0;
            }

            Settle(openStart + w, words, settled);
        }
    }

    /// <summary>As <see cref="ExtractFromSlice"/>.</summary>
    private void ExtractJoined(int scope, JoinedTables joined, ReadOnlySpan<ulong> slice)
    {
        Vector256<ulong> vector = Padded(slice);
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

                if (ExtractJoinedWords(scope, joined, d, dependency, vector, slice))
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
        ref readonly FamilyState state = ref StateOf(dependency.Family);
        int to = state.Slice;
        if (
            to >= 0
                ? state.Edition != dependency.TargetEdition
                : !CanAdd(dependency) || joined.ReachesBeyond(dependency, slice)
        )
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
            union |= live != 0 ? table[at + 1] : 0;
            if (live == slice)
            {
                isSettled = true;
                break;
            }
        }

        NarrowJoined(dependency.Family, to, union);
        return isSettled;
    }

    /// <summary>
    /// Whether joined tables say what a family that has no slice yet begins with. Not if the solve uses another compilation
    /// of it, or part of it is filtered; nor if not all of it is loaded and it has a scope all the same, which may keep
    /// versions in mind that are not loaded yet.
    /// </summary>
    private bool CanAdd(in JoinedDependency dependency)
    {
        CompiledFamily family = Family(dependency.Family);
        return family.Edition == dependency.TargetEdition
            && !_loader.IsWatchful(family)
            && (!family.IsPartial || ScopeOf(dependency.Family) < 0);
    }

    private void NarrowJoined(int id, int slice, ulong allowed)
    {
        if (slice < 0)
        {
            if (ScopeOf(id) >= 0)
            {
                Narrow(id, Family(id), [allowed], []);
            }
            else
            {
                AddWord(id, Family(id), allowed);
            }
        }
        else if ((_slices[slice] & ~allowed) != 0)
        {
            NarrowWord(_families[id].Scope, allowed);
        }
    }

    /// <summary>
    /// Extracts a dependency that is common to a slice by its first word, where sets are vectors; true if it is settled.
    /// </summary>
    private bool ExtractJoinedWords(
        int scope,
        JoinedTables joined,
        int d,
        in JoinedDependency dependency,
        Vector256<ulong> vector,
        ReadOnlySpan<ulong> slice
    )
    {
        int words = dependency.TargetWords;
        if (words == 0)
        {
            return IsCommon(scope, d, slice) && Extract(_scopes[scope].Family!, d, slice);
        }

        (Vector256<ulong> holders, Vector256<ulong> common) = joined.VectorsBefore(dependency);
        if ((vector & ~holders) != Vector256<ulong>.Zero)
        {
            return false;
        }

        ref readonly FamilyState state = ref StateOf(dependency.Family);
        int to = state.Slice;
        if (
            to >= 0
                ? state.Edition != dependency.TargetEdition
                : !CanAdd(dependency) || joined.ReachesBeyond(dependency, vector)
        )
        {
            return Extract(_scopes[scope].Family!, d, slice);
        }

        if (to >= 0 && (Padded(_slices.AsSpan(to, words)) & ~common) == Vector256<ulong>.Zero)
        {
            return true;
        }

        Vector256<ulong> union = Vector256<ulong>.Zero;
        bool isSettled = false;
        for (int r = 0; r < dependency.Count && !isSettled; r++)
        {
            (Vector256<ulong> held, Vector256<ulong> allowed) = joined.Vectors(dependency, r);
            if ((vector & held) != Vector256<ulong>.Zero)
            {
                union |= allowed;
                isSettled = (vector & ~held) == Vector256<ulong>.Zero;
            }
        }

        Span<ulong> narrowed = stackalloc ulong[JoinedTables.MaxWords];
        union.CopyTo(narrowed);
        if (to >= 0)
        {
            NarrowSlice(_families[dependency.Family].Scope, narrowed[..words], 0);
        }
        else
        {
            Narrow(dependency.Family, Family(dependency.Family), narrowed[..words], []);
        }

        return isSettled;
    }

    /// <summary>A set of few words as a vector.</summary>
    private static Vector256<ulong> Padded(ReadOnlySpan<ulong> set) =>
        set.Length switch
        {
            1 => Vector256.CreateScalar(set[0]),
            2 => Vector256.Create(set[0], set[1], 0, 0),
            3 => Vector256.Create(set[0], set[1], set[2], 0),
            _ => Vector256.Create(set),
        };

    private bool IsCommon(int scope, int d, ReadOnlySpan<ulong> slice) =>
        Bits.IsSubset(slice, _scopes[scope].Family!.Holders.AsSpan(d * slice.Length, slice.Length));

    private bool Extract(CompiledFamily family, int d, ReadOnlySpan<ulong> slice) =>
        Extract(family, family.Dependencies[d], slice, 0, slice.Length);

    /// <summary>Reduces a slice of one word by another.</summary>
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

    /// <summary>As <see cref="ReduceSlice"/>, where sets are vectors.</summary>
    private bool ReduceJoinedWords(
        int scope,
        JoinedTables joined,
        int d,
        in JoinedDependency dependency,
        int otherSlice
    )
    {
        Vector256<ulong> other = Padded(_slices.AsSpan(otherSlice, dependency.TargetWords));
        (_, Vector256<ulong> common) = joined.VectorsBefore(dependency);
        if ((other & ~common) == Vector256<ulong>.Zero)
        {
            SettleAllowed(scope, d);
            return true;
        }

        Vector256<ulong> slice = Padded(Slice(scope));
        Vector256<ulong> removed = Vector256<ulong>.Zero;
        Vector256<ulong> partly = Vector256<ulong>.Zero;
        for (int r = 0; r < dependency.CountAll; r++)
        {
            (Vector256<ulong> held, Vector256<ulong> allowed) = joined.Vectors(dependency, r);
            allowed &= other;
            if (allowed == Vector256<ulong>.Zero)
            {
                removed |= held;
            }
            else if (allowed != other)
            {
                partly |= held;
            }
        }

        if ((partly & slice & ~removed) == Vector256<ulong>.Zero)
        {
            SettleAllowed(scope, d);
        }

        if ((removed & slice) == Vector256<ulong>.Zero)
        {
            return true;
        }

        Span<ulong> words = stackalloc ulong[JoinedTables.MaxWords];
        removed.CopyTo(words);
        return Remove(scope, words[.._scopes[scope].Words], 0);
    }
}
