using System.Numerics;
using Rer.Compiling;

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
/// PERF: OnlyChangedExtract ×12.1 on the 188, ×7.3 on the studio book (see EngineSwitches for how this was measured).
/// LiveWindow serves families wider than any there.
/// </para>
/// </remarks>
internal sealed partial class Solver
{
    private void ExtractFrom(int i)
    {
        int scope = _roundScopes[i];
        if (_scopes[scope] is { Words: 1, Joined: { } joined })
        {
            ulong word = _roundWords[_roundSlices[i]];
            ExtractJoined(scope, joined, word);
            if ((word & (word - 1)) == 0)
            {
                MarkSolved(scope);
            }

            return;
        }

        ReadOnlySpan<ulong> slice = RoundSlice(i);
        if (_scopes[scope].Joined is { } tables)
        {
            ExtractJoined(scope, tables, slice);
        }
        else
        {
            ExtractFromSlice(scope, _scopes[scope].Family!, slice);
        }

        if (Bits.IsSingle(slice))
        {
            MarkSolved(scope);
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
