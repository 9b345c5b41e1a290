using System.Runtime.CompilerServices;
using Rer.Asking;
using Rer.Compiling;
using Rer.Solving.Sets;
using Rer.Solving.State;
using Rer.Versions;

namespace Rer.Solving.Steps;

/// <summary>
/// Reduction: a variant whose requirement conflicts with another scope is removed. <c>_PackageVariantSlice.reduce_by</c>
/// and the last part of <c>_ResolvePhase.solve</c>.
/// </summary>
/// <remarks>
/// <para>
/// Technique: requirements as bitsets. A requirement conflicts with a package scope exactly if its row and the scope's
/// slice are disjoint. That is so for conflict requirements, too: their row is a complement. The holders of what conflicts
/// are removed. Conflict and ephemeral scopes are ranges, and requirements are tested against them as ranges.
/// </para>
/// <para>
/// Technique: only what changed. Reducing removes variants and never brings any back. So the order of reductions only
/// shows in texts, and a scope is reduced again only by scopes that have changed.
/// </para>
/// </remarks>
/// <param name="state">The state of the solve.</param>
/// <param name="families">The families.</param>
/// <param name="limits">What may interrupt.</param>
/// <param name="switches">Which optimisations are used.</param>
internal sealed class Reducer(SolveState state, FamilySource families, SolveLimits limits, EngineSwitches switches)
{
    private ulong[] _removed = new ulong[1];

    /// <summary>Reduces all scopes by all changed ones, until nothing changes any more.</summary>
    internal PhaseEnd Reduce()
    {
        if (!switches.OnlyChangedReduce)
        {
            for (ScopeId scope = default; scope < state.End; scope++)
            {
                state.MarkChanged(scope);
            }
        }

        foreach (ScopeId scope in state.Added)
        {
            if (limits.IsInterrupted())
            {
                return PhaseEnd.Stopped;
            }

            if (!ReduceByAll(scope))
            {
                return PhaseEnd.Failed;
            }
        }

        state.ClearAdded();
        for (ScopeId by = state.TakeChanged(); !by.IsNone; by = state.TakeChanged())
        {
            if (limits.IsInterrupted())
            {
                return PhaseEnd.Stopped;
            }

            if (!ReduceAllBy(by))
            {
                return PhaseEnd.Failed;
            }
        }

        return PhaseEnd.Exhausted;
    }

    /// <summary>Reduces all scopes that depend on a changed one; false if nothing is left of one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ReduceAllBy(ScopeId by)
    {
        SolveState of = state;
        FamilyId required = of[by].FamilyId;
        for (int link = of.StateOf(required).LatestLink; link >= 0; link = of.Links[link].Next)
        {
            ref readonly Link dependent = ref of.Links[link];
            if ((of.Sets[dependent.Open] & dependent.Dependency.Bit) == 0 || dependent.Scope == by)
            {
                continue;
            }

            if (!Reduce(dependent.Scope, dependent.Dependency, required))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Reduces a scope by everything that it depends on, and links it to the scopes that may still have an effect.
    /// </summary>
    /// <returns>False if nothing is left of it.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ReduceByAll(ScopeId scope)
    {
        SolveState of = state;
        int start = of[scope].Open;
        int words = of[scope].DependencyWords;
        JoinedTables? joined = of[scope].Joined;
        for (int w = 0; w < words; w++)
        {
            for (ulong open = of.Sets[start + w]; open != 0; open &= open - 1)
            {
                DependencyId d = DependencyId.Of(w, open);
                FamilyId required = joined is not null ? joined[d].Family : of[scope].Family![d].Family;
                ScopeId by = of.ScopeOf(required);
                if (!by.IsNone && by != scope)
                {
                    if (!Reduce(scope, d, required))
                    {
                        return false;
                    }

                    if ((of.Sets[start + w] & d.Bit) == 0)
                    {
                        continue; // settled
                    }
                }

                of.Link(scope, d, required, start + w);
            }
        }

        return true;
    }

    /// <summary>Reduces a scope by another that it depends on; false if nothing is left of it.</summary>
    private bool Reduce(ScopeId scope, DependencyId d, FamilyId required)
    {
        ref readonly FamilyState other = ref state.StateOf(required);
        if (other.Slice >= 0 && state[scope].Joined is { } joined)
        {
            ref readonly JoinedDependency dependency = ref joined[d];
            if (dependency.TargetWords > 0 && dependency.TargetEdition == other.Edition)
            {
                return dependency.AreWords
                    ? ReduceJoined<WordSet>(scope, joined, d, dependency, other.Slice)
                    : ReduceJoined<VectorSet>(scope, joined, d, dependency, other.Slice);
            }
        }

        return ReducePlain(scope, d, other.Scope);
    }

    /// <summary>Reduces with the joined tables.</summary>
    private bool ReduceJoined<TSet>(
        ScopeId scope,
        JoinedTables joined,
        DependencyId d,
        in JoinedDependency dependency,
        int otherSlice
    )
        where TSet : struct, IVariantSet<TSet>
    {
        TSet other = state.Sets.Read<TSet>(otherSlice, dependency.TargetWords);
        if (!other.Without(joined.Common<TSet>(dependency)).IsEmpty)
        {
            return RemoveConflicting(scope, joined, d, dependency, other);
        }

        state.SettleAllowed(scope, d);
        return true;
    }

    /// <summary>Removes the holders of requirements that no variant of the other slice satisfies.</summary>
    private bool RemoveConflicting<TSet>(
        ScopeId scope,
        JoinedTables joined,
        DependencyId d,
        in JoinedDependency dependency,
        TSet other
    )
        where TSet : struct, IVariantSet<TSet>
    {
        SolveState of = state;
        TSet conflicting = FindConflicting(joined.Words, dependency.Start, dependency.CountAll, other, out TSet partly);
        ref readonly Scope reduced = ref of[scope];
        TSet slice = of.Sets.Read<TSet>(reduced.Slice, reduced.Words);
        TSet left = slice.Without(conflicting);
        if (left.And(partly).IsEmpty)
        {
            of.SettleAllowed(scope, d);
        }

        return slice.And(conflicting).IsEmpty || Narrow(scope, left);
    }

    /// <summary>The holders of requirements that no variant of the other slice satisfies.</summary>
    /// <param name="table">The joined tables.</param>
    /// <param name="at">Where the requirements of a dependency are stored.</param>
    /// <param name="count">Their number.</param>
    /// <param name="other">The other slice.</param>
    /// <param name="partly">Also the holders of requirements that only some variants of the other slice
    /// satisfy.</param>
    /// <remarks>A separate method, so that only the loop uses registers.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TSet FindConflicting<TSet>(ulong[] table, int at, int count, TSet other, out TSet partly)
        where TSet : struct, IVariantSet<TSet>
    {
        TSet conflicting = TSet.Empty;
        TSet unsatisfied = TSet.Empty;
        for (int end = at + 2 * TSet.Width * count; at < end; at += 2 * TSet.Width)
        {
            TSet held = TSet.At(table, at);
            TSet allowed = TSet.At(table, at + TSet.Width);
            conflicting = conflicting.OrIf(other.And(allowed).IsEmpty, held);
            unsatisfied = unsatisfied.OrIf(!other.Without(allowed).IsEmpty, held);
        }

        partly = unsatisfied;
        return conflicting;
    }

    private bool Narrow<TSet>(ScopeId scope, TSet left)
        where TSet : struct, IVariantSet<TSet>
    {
        if (TSet.Width == 1)
        {
            return state.Narrow(scope, left.First);
        }

        Span<ulong> words = stackalloc ulong[JoinedTables.MaxWords];
        left.CopyTo(words);
        return state.Narrow(scope, words[..state[scope].Words], 0);
    }

    /// <summary>Reduces with the family's own tables.</summary>
    private bool ReducePlain(ScopeId scope, DependencyId d, ScopeId by)
    {
        if (state[by].Kind != ScopeKind.Package)
        {
            return ReduceByRange(scope, d, state[by].Requirement!);
        }

        if (state[by].IsSolved)
        {
            // What is not removed now allows its only variant.
            state.SettleAllowed(scope, d);
        }

        return ReduceBySlice(scope, d, by);
    }

    private bool ReduceBySlice(ScopeId scope, DependencyId d, ScopeId by)
    {
        CompiledFamily family = state[scope].Family!;
        CompiledFamily required = state[by].Family!;
        ref readonly Dependency dependency = ref family[d];
        LivePart slice = LivePart.Of(state.Slice(scope), switches);
        LivePart other = LivePart.Of(state.Slice(by), switches);
        Span<ulong> removed = Bits.Cleared(ref _removed, slice.Words.Length);
        required.EnsureRow(dependency.LastRow);
        RequirementId from = dependency.Start;
        if (dependency.RangesFall && switches.NeighbouringRanges)
        {
            FallingRanges falling = new(family, slice, required);
            falling.AddConflicting(dependency, family.HoldersOf(d), other, removed);
            from = dependency.Conflicts;
        }

        if (family.HasWords && required.HasWords)
        {
            AddConflicting(family, from, dependency.End, slice, required, other, removed);
            return Remove(scope, removed, slice.Start);
        }

        for (RequirementId r = from; r < dependency.End; r++)
        {
            if (
                family.IsHeld(r, slice.Words, slice.Start)
                && !required.RowIntersects(family.RowOf(r), other.Words, other.Start)
            )
            {
                family.HoldersOf(r).AddTo(removed, slice.Start);
            }
        }

        return Remove(scope, removed, slice.Start);
    }

    /// <summary>
    /// Adds the holders of live requirements that no variant of the other slice satisfies. The sets have few words.
    /// Going through all of them takes less time than finding out along the way that the rest does not matter.
    /// </summary>
    private static void AddConflicting(
        CompiledFamily family,
        RequirementId from,
        RequirementId to,
        LivePart slice,
        CompiledFamily required,
        LivePart other,
        Span<ulong> conflicting
    )
    {
        for (RequirementId r = from; r < to; r++)
        {
            ReadOnlySpan<ulong> holders = slice.PartOf(family.HolderWordsOf(r));
            if (
                Bits.Share(slice.Words, holders)
                && !Bits.Share(other.Words, other.PartOf(required.RowWordsOf(family.RowOf(r))))
            )
            {
                Bits.Or(conflicting, holders);
            }
        }
    }

    private bool ReduceByRange(ScopeId scope, DependencyId d, Requirement by)
    {
        CompiledFamily family = state[scope].Family!;
        ref readonly Dependency dependency = ref family[d];
        FamilySlot required = families.Slot(dependency.Family);
        ReadOnlySpan<ulong> slice = state.Slice(scope);
        Span<ulong> removed = Bits.Cleared(ref _removed, family.Words);
        for (RequirementId r = dependency.Start; r < dependency.End; r++)
        {
            if (family.IsHeld(r, slice, 0) && required.Requirement(family.RowOf(r)).Value.ConflictsWith(by))
            {
                family.HoldersOf(r).AddTo(removed, 0);
            }
        }

        return Remove(scope, removed, 0);
    }

    /// <summary>Removes variants, given from a word on; before and after that the slice has none.</summary>
    /// <returns>False if nothing is left of it.</returns>
    private bool Remove(ScopeId scope, Span<ulong> removed, int from)
    {
        foreach (ref ulong word in removed)
        {
            word = ~word;
        }

        return state.Narrow(scope, removed, from);
    }
}
