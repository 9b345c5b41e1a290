using System.Numerics;
using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving;

/// <summary>
/// Extraction: a family that all variants of a slice require is in the resolve whichever of them is chosen, in the union
/// of the ranges that they ask for. <c>_PackageVariantSlice.extract</c>.
/// </summary>
/// <remarks>
/// <para>
/// Technique: requirements as bitsets. The slice is a subset of a dependency's holders: the family is common. The rows
/// of the requirements that the slice still holds, united: the versions that the extraction allows. Intersecting them
/// with a package scope is exact, since its range is a union of exact versions.
/// </para>
/// <para>
/// PERF: OnlyChangedExtract ×12.6 on the 188, ×7.1 on the studio book; SingleWord (with Reduction), SingleVariantLane
/// and LiveWindow ×1.01, ×1.00: they serve families that are not joined, and gained ×1.16, ×1.08 and nothing before any
/// were (see EngineSwitches for how this was measured).
/// </para>
/// </remarks>
internal sealed partial class Solver
{
    private void ExtractFrom(int i)
    {
        int scope = _roundScopes[i];
        CompiledFamily family = _scopes[scope].Family!;
        if (_scopes[scope] is { Words: 1, Joined: { } joined })
        {
            ulong word = _roundWords[_roundSlices[i]];
            ExtractJoined(scope, joined, word);
            if ((word & (word - 1)) == 0)
            {
                MarkSolved(scope);
                RestSolved(scope, family, BitOperations.TrailingZeroCount(word));
            }

            return;
        }

        ReadOnlySpan<ulong> slice = RoundSlice(i);
        bool isSingle = Bits.IsSingle(slice);
        if (_scopes[scope].Joined is { } tables)
        {
            ExtractJoined(scope, tables, slice);
        }
        else if (_switches.SingleVariantLane && isSingle)
        {
            ExtractFromVariant(scope, family, Bits.First(slice));
        }
        else if (_switches.SingleWord && family.IsOneWord)
        {
            ExtractFromWord(scope, family, slice[0]);
        }
        else
        {
            ExtractFromSlice(scope, family, slice);
        }

        if (isSingle)
        {
            MarkSolved(scope);
            RestSolved(scope, family, Bits.First(slice));
        }
    }

    private void MarkSolved(int scope)
    {
        if (!_scopes[scope].IsSolved)
        {
            _scopes[scope].IsSolved = true;
            _trail.SaveSolved(scope);
        }
    }

    /// <summary>
    /// Technique: single-variant lane. All that the variant requires is common, and asked for once. For families that are
    /// not joined: in a first solve, and wide ones.
    /// </summary>
    private void ExtractFromVariant(int scope, CompiledFamily family, int variant)
    {
        ReadOnlySpan<(int Family, int Row)> list = family.Lists.ExtractedOf(family.ListOf[variant]);
        int openStart = OpenStart(scope);
        int words = family.Words;
        int next = 0;
        for (int w = 0; w < family.DependencyWords; w++)
        {
            for (ulong open = _slices[openStart + w]; open != 0; open &= open - 1)
            {
                int d = w * Bits.WordBits + BitOperations.TrailingZeroCount(open);
                if (!Bits.Contains(family.Holders.AsSpan(d * words, words), variant))
                {
                    continue;
                }

                // The list is in the order of the dependencies, with those that the variant has not left out.
                int target = family.Dependencies[d].Family;
                while (list[next].Family != target)
                {
                    next++;
                }

                ExtractRow(target, list[next++].Row);
            }
        }
    }

    private void ExtractRow(int target, int row)
    {
        int to = TargetOf(target);
        if (to >= 0 && _scopes[to].Family!.IsOneWord)
        {
            CompiledFamily required = _scopes[to].Family!;
            required.EnsureRow(row);
            NarrowWord(to, required.RowWords[row]);
        }
        else if (_repository.Slot(target).IsEphemeral)
        {
            ExtractEphemeral(target, VersionRange.UnionOf(_repository.Slot(target).Requirement(row).Value.Range!));
        }
        else if (ListedFamily(target) is { } required)
        {
            required.EnsureRow(row);
            if (to >= 0)
            {
                NarrowToRow(to, row);
            }
            else
            {
                Span<ulong> allowed = Cleared(ref _union, required.Words);
                required.AddRow(row, allowed, 0);
                Narrow(target, required, allowed, VersionRow(required, row));
            }
        }
    }

    /// <summary>Technique: single word. Most slices are one, and their tests are single instructions.</summary>
    private void ExtractFromWord(int scope, CompiledFamily family, ulong slice)
    {
        Dependency[] dependencies = family.Dependencies;
        ulong[] holders = family.Holders;
        int openStart = OpenStart(scope);
        for (int w = 0; w < family.DependencyWords; w++)
        {
            ulong settled = 0;
            for (ulong open = _slices[openStart + w]; open != 0; open &= open - 1)
            {
                int d = w * Bits.WordBits + BitOperations.TrailingZeroCount(open);
                if ((slice & ~holders[d]) != 0)
                {
                    continue;
                }

                ref readonly Dependency dependency = ref dependencies[d];
                int to = TargetOf(dependency.Family);
                bool isSettled =
                    to >= 0 && _scopes[to].Family!.IsOneWord && !dependency.HasOpenBounds
                        ? ExtractWordFromWord(family, dependency, slice, to)
                        : Extract(family, dependency, [slice], 0, 1);
                settled |= isSettled ? open & (0UL - open) : 0;
            }

            Settle(openStart + w, family.DependencyWords, settled);
        }
    }

    /// <summary>
    /// One word asks another. Stops as soon as all that the target holds is allowed: most extractions change nothing.
    /// True if all variants ask for the same.
    /// </summary>
    private bool ExtractWordFromWord(CompiledFamily family, in Dependency dependency, ulong slice, int to)
    {
        ulong[] holders = family.RequirementHolders;
        int[] rowOf = family.RequirementRow;
        CompiledFamily required = _scopes[to].Family!;
        required.EnsureRow(dependency.LastRow);
        ulong[] rows = required.RowWords;
        ulong held = _slices[_scopes[to].Slice];
        ulong union = 0;
        for (int r = dependency.Start; r < dependency.Conflicts; r++)
        {
            ulong live = slice & holders[r];
            if (live == 0)
            {
                continue;
            }

            union |= rows[rowOf[r]];
            if (live == slice)
            {
                NarrowWord(to, union);
                return true;
            }

            if ((held & ~union) == 0)
            {
                return false;
            }
        }

        NarrowWord(to, union);
        return false;
    }

    /// <summary>
    /// Technique: live window. A wide family is soon down to versions that stand close together: only the words from the
    /// first of them to the last are looked at.
    /// </summary>
    private void ExtractFromSlice(int scope, CompiledFamily family, ReadOnlySpan<ulong> slice)
    {
        int words = family.Words;
        (int start, int length) = Window(slice);
        ReadOnlySpan<ulong> live = slice.Slice(start, length);
        int openStart = OpenStart(scope);
        for (int w = 0; w < family.DependencyWords; w++)
        {
            ulong settled = 0;
            for (ulong open = _slices[openStart + w]; open != 0; open &= open - 1)
            {
                int d = w * Bits.WordBits + BitOperations.TrailingZeroCount(open);
                if (!Bits.IsSubset(live, family.Holders.AsSpan(d * words + start, length)))
                {
                    continue;
                }

                bool isSettled = Extract(family, family.Dependencies[d], slice, start, length);
                settled |= isSettled ? open & (0UL - open) : 0;
            }

            Settle(openStart + w, family.DependencyWords, settled);
        }
    }

    /// <summary>The package scope of a family that was there before the round; -1 if there is none.</summary>
    private int TargetOf(int family)
    {
        int to = ScopeOf(family);
        return to >= 0 && to < _roundFirstNew && _scopes[to].Kind == ScopeKind.Package ? to : -1;
    }

    /// <summary>
    /// Extracts a dependency that is common to a slice, of which all stands in the words named. True if all variants ask
    /// for the same, and that is all that there is to it.
    /// </summary>
    private bool Extract(
        CompiledFamily family,
        in Dependency dependency,
        ReadOnlySpan<ulong> slice,
        int start,
        int length
    )
    {
        int to = dependency.HasOpenBounds ? -1 : TargetOf(dependency.Family);
        return to < 0
            ? ExtractDependency(family, dependency, slice)
            : ExtractIntoSlice(family, dependency, slice.Slice(start, length), start, to);
    }

    private (int Start, int Length) Window(ReadOnlySpan<ulong> slice)
    {
        const int Narrow = 4; // to look at all of so few takes less than to find out where to look
        return slice.Length > Narrow && _switches.LiveWindow ? Bits.Window(slice) : (0, slice.Length);
    }

    /// <summary>
    /// Extracts into a slice; most extractions change nothing. True if all variants ask for the same.
    /// </summary>
    private bool ExtractIntoSlice(
        CompiledFamily family,
        in Dependency dependency,
        ReadOnlySpan<ulong> live,
        int liveStart,
        int to
    )
    {
        (int start, int length) = Window(Slice(to));
        Span<ulong> union = Cleared(ref _union, length);
        ReadOnlySpan<ulong> held = Slice(to).Slice(start, length);
        if (!AllowsAll(family, dependency, live, liveStart, _scopes[to].Family!, held, start, union))
        {
            NarrowSlice(to, union, start);
        }

        return HasOneRequirement(family, dependency, live, liveStart);
    }

    private static Span<ulong> Cleared(ref ulong[] buffer, int words)
    {
        if (buffer.Length < words)
        {
            buffer = new ulong[words];
        }

        Span<ulong> span = buffer.AsSpan(0, words);
        span.Clear();
        return span;
    }
}
