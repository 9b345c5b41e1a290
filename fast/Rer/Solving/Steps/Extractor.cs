using System.Numerics;
using System.Runtime.CompilerServices;
using Rer.Asking;
using Rer.Compiling;
using Rer.Solving.Sets;
using Rer.Solving.State;

namespace Rer.Solving.Steps;

/// <summary>
/// Extraction: a family that all variants of a slice require will be in the resolve, whichever variant is chosen. Its
/// range is the union of the ranges that they ask for. <c>_PackageVariantSlice.extract</c>.
/// </summary>
/// <remarks>
/// <para>
/// Technique: requirements as bitsets. A family is common if the slice is a subset of the dependency's holders. The
/// versions that the extraction allows are the union of the rows of all requirements that the slice still holds.
/// Intersecting that with a package scope is exact, because the scope's range is a union of exact versions.
/// </para>
/// <para>
/// Technique: joined tables. A requirement leads from its holders to its row, from there to the required family, and
/// then to the words of that row. Each is somewhere else in memory, and for hundreds of families they do not fit into
/// the near caches. So families that are used again keep holders and allowed variants side by side (<see
/// cref="JoinedTables"/>). A scope is extracted from in one walk. All it looks up is the slice of the other scope,
/// whose place is kept by family (<see cref="FamilyState"/>). Each dependency also knows what all of its requirements
/// allow together. In half of the extractions the other scope holds nothing else, and the requirements are not looked
/// at. Sets of two to four words are vectors.
/// </para>
/// <para>
/// PERF: JoinedTables, steady ×1.56 on the 188 and ×1.65 on the studio book, first pass ×0.93 and ×1.28. JoinLate,
/// which joins tables at the second use and not at each as long as families are missing, steady ×2.01 and ×1.30, first
/// pass ×1.65 and ×1.14.
/// </para>
/// </remarks>
/// <param name="state">The state of the solve.</param>
/// <param name="families">The families.</param>
/// <param name="round">The round, which the extractions are gathered in.</param>
/// <param name="plain">Extracts what is not joined.</param>
/// <param name="foresight">Lists ahead what the round will reach.</param>
/// <param name="limits">What may interrupt.</param>
internal sealed class Extractor(
    SolveState state,
    FamilySource families,
    Round round,
    PlainExtraction plain,
    Foresight foresight,
    SolveLimits limits
)
{
    /// <summary>Extracts from all scopes of the round.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal PhaseEnd Extract()
    {
        if (round.IsBroken)
        {
            // rez reads the requirements of all variants of a slice here, and raises if they are invalid.
            return PhaseEnd.Error;
        }

        foresight.ListRound(round);
        if (limits.IsInterrupted())
        {
            return PhaseEnd.Stopped;
        }

        for (int i = 0; i < round.Count; i++)
        {
            ExtractFrom(i);
        }

        return PhaseEnd.Exhausted;
    }

    private void ExtractFrom(int member)
    {
        ScopeId scope = round.Scope(member);
        if (state[scope] is { Words: 1, Joined: { } joined })
        {
            WordSet word = round.Slice<WordSet>(member);
            ExtractJoined(scope, joined, word);
            if (BitOperations.IsPow2(word.First))
            {
                state.MarkSolved(scope);
            }

            return;
        }

        ReadOnlySpan<ulong> slice = round.Slice(member);
        if (state[scope].Joined is { } tables)
        {
            ExtractVector(scope, tables, member);
        }
        else
        {
            ExtractPlain(scope, plain.LivePartOf(slice));
        }

        if (Bits.IsSingle(slice))
        {
            state.MarkSolved(scope);
        }
    }

    /// <summary>Extracts everything that a slice has in common, using the family's own tables.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ExtractPlain(ScopeId scope, LivePart live)
    {
        CompiledFamily family = state[scope].Family!;
        int start = state[scope].Open;
        for (int w = 0; w < family.DependencyWords; w++)
        {
            ulong settled = 0;
            for (ulong open = state.Sets[start + w]; open != 0; open &= open - 1)
            {
                DependencyId d = DependencyId.Of(w, open);
                if (Bits.IsSubset(live.Words, live.PartOf(family.HoldersOf(d))) && plain.Extract(family, d, live))
                {
                    settled |= Bits.Lowest(open);
                }
            }

            if (settled != 0)
            {
                state.Settle(scope, w, settled);
            }
        }
    }

    /// <summary>Extracts everything that a slice has in common, using the joined tables.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="joined">Its tables.</param>
    /// <param name="slice">Its slice.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ExtractJoined<TSet>(ScopeId scope, JoinedTables joined, TSet slice)
        where TSet : struct, IVariantSet<TSet>
    {
        SolveState of = state;
        int start = of[scope].Open;
        int length = of[scope].DependencyWords;
        ulong first = slice.First; // decides most cases
        for (int w = 0; w < length; w++)
        {
            ulong settled = 0;
            for (ulong open = of.Sets[start + w]; open != 0; open &= open - 1)
            {
                DependencyId d = DependencyId.Of(w, open);
                ref readonly JoinedDependency dependency = ref joined[d];
                if ((first & ~dependency.Holders) != 0)
                {
                    continue;
                }

                bool isSettled =
                    TSet.Width > 1 || dependency.AreWords
                        ? ExtractJoined(scope, joined, d, dependency, slice)
                        : ExtractVector(scope, joined, d, dependency, first);
                settled |= isSettled ? Bits.Lowest(open) : 0;
            }

            if (settled != 0)
            {
                of.Settle(scope, w, settled);
            }
        }
    }

    // ReadyToRun cannot compile a method ahead that has a vector in a parameter or a local, and misses the generic
    // methods that only such a method calls. These two keep vectors out of the walks over single words. PERF: a first
    // pass in a new process, with the package's libraries, compiled at once, before and after: the 188 155 and 120 ms,
    // the studio book 64 and 49 (2026-11-29, for commit ae2713e).

    /// <summary>Extracts from a slice of several words.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ExtractVector(ScopeId scope, JoinedTables joined, int member) =>
        ExtractJoined(scope, joined, round.Slice<VectorSet>(member));

    /// <summary>Extracts a dependency whose sets are vectors from a slice of one word.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ExtractVector(
        ScopeId scope,
        JoinedTables joined,
        DependencyId d,
        in JoinedDependency dependency,
        ulong word
    ) => ExtractJoined(scope, joined, d, dependency, VectorSet.OfWord(word));

    /// <summary>The union of what the requirements in a slice allow.</summary>
    /// <param name="table">The joined tables.</param>
    /// <param name="at">Where the requirements of a dependency are stored.</param>
    /// <param name="count">Their number.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="isOne">Whether all of the slice has the same requirement.</param>
    /// <remarks>A separate method, so that only the loop uses registers.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TSet Unite<TSet>(ulong[] table, int at, int count, TSet slice, out bool isOne)
        where TSet : struct, IVariantSet<TSet>
    {
        TSet union = TSet.Empty;
        for (int end = at + 2 * TSet.Width * count; at < end; at += 2 * TSet.Width)
        {
            TSet held = TSet.At(table, at);
            union = union.OrIf(!slice.And(held).IsEmpty, TSet.At(table, at + TSet.Width));
            if (slice.Without(held).IsEmpty)
            {
                isOne = true;
                return union;
            }
        }

        isOne = false;
        return union;
    }

    /// <summary>
    /// Extracts a dependency that is common to a slice according to its first word; true if it is settled.
    /// </summary>
    private bool ExtractJoined<TSet>(
        ScopeId scope,
        JoinedTables joined,
        DependencyId d,
        in JoinedDependency dependency,
        TSet slice
    )
        where TSet : struct, IVariantSet<TSet>
    {
        if (TSet.Width > 1)
        {
            if (dependency.TargetWords == 0)
            {
                return ExtractPlain(scope, d, slice);
            }

            if (!slice.Without(joined.Holders<TSet>(dependency)).IsEmpty)
            {
                return false;
            }
        }

        ref readonly FamilyState target = ref state.StateOf(dependency.Family);
        int to = target.Slice;
        if (to < 0)
        {
            return ExtractNew(scope, joined, d, dependency, slice);
        }

        if (target.Edition != dependency.TargetEdition)
        {
            return ExtractPlain(scope, d, slice);
        }

        TSet held = state.Sets.Read<TSet>(to, dependency.TargetWords);
        TSet allowed = joined.Common<TSet>(dependency);
        if (held.Without(allowed).IsEmpty)
        {
            return true;
        }

        bool isSettled = true;
        if (dependency.CountAll > 1)
        {
            allowed = Unite(joined.Words, dependency.Start, dependency.Count, slice, out isSettled);
            if (held.Without(allowed).IsEmpty)
            {
                return isSettled;
            }
        }

        Narrow(target.Scope, dependency.TargetWords, allowed);
        return isSettled;
    }

    /// <summary>Extracts a dependency on a family that has no slice yet; true if it is settled.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ExtractNew<TSet>(
        ScopeId scope,
        JoinedTables joined,
        DependencyId d,
        in JoinedDependency dependency,
        TSet slice
    )
        where TSet : struct, IVariantSet<TSet>
    {
        CompiledFamily family = state.Family(dependency.Family);
        bool isNew = state.ScopeOf(dependency.Family).IsNone;
        if (!CanAdd(family, isNew, joined, dependency, slice))
        {
            return ExtractPlain(scope, d, slice);
        }

        bool isSettled = true;
        TSet allowed =
            dependency.CountAll == 1
                ? joined.Common<TSet>(dependency)
                : Unite(joined.Words, dependency.Start, dependency.Count, slice, out isSettled);
        if (TSet.Width == 1 && isNew)
        {
            round.Add(dependency.Family, family, allowed.First);
            return isSettled;
        }

        Span<ulong> words = stackalloc ulong[JoinedTables.MaxWords];
        allowed.CopyTo(words);
        round.NarrowFamily(dependency.Family, words[..dependency.TargetWords], []);
        return isSettled;
    }

    /// <summary>Extracts a dependency using the family's own tables, if it is common to a slice of few words.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ExtractPlain<TSet>(ScopeId scope, DependencyId d, TSet slice)
        where TSet : struct, IVariantSet<TSet>
    {
        CompiledFamily family = state[scope].Family!;
        Span<ulong> words = stackalloc ulong[JoinedTables.MaxWords];
        slice.CopyTo(words);
        words = words[..family.Words];
        return Bits.IsSubset(words, family.HoldersOf(d)) && plain.Extract(family, d, new LivePart(words, 0));
    }

    /// <summary>
    /// Whether joined tables contain what a family without a slice begins with. They do not if the solve uses another
    /// compilation of it, or if part of it is filtered. They also do not if a requirement reaches beyond what is
    /// loaded, or if the family does have a scope, which may refer to versions that are not loaded yet.
    /// </summary>
    private bool CanAdd<TSet>(
        CompiledFamily family,
        bool isNew,
        JoinedTables joined,
        in JoinedDependency dependency,
        TSet slice
    )
        where TSet : struct, IVariantSet<TSet> =>
        family.Edition == dependency.TargetEdition
        && !families.IsWatchful(family)
        && (!family.IsPartial || (isNew && slice.And(joined.Beyond<TSet>(dependency)).IsEmpty));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Narrow<TSet>(ScopeId scope, int targetWords, TSet allowed)
        where TSet : struct, IVariantSet<TSet>
    {
        if (TSet.Width == 1)
        {
            round.Narrow(scope, allowed.First);
            return;
        }

        Span<ulong> words = stackalloc ulong[JoinedTables.MaxWords];
        allowed.CopyTo(words);
        round.Narrow(scope, words[..targetWords], 0);
    }
}
