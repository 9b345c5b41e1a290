using System.Numerics;
using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving;

/// <summary>
/// Reduction: a variant whose requirement conflicts with another scope is removed. <c>_PackageVariantSlice.reduce_by</c>
/// and the last part of <c>_ResolvePhase.solve</c>.
/// </summary>
/// <remarks>
/// <para>
/// Technique: requirements as bitsets. A requirement conflicts with a package scope exactly if its row and the scope's
/// slice are disjoint, whether it is a conflict requirement (whose row is a complement) or not; then its holders go.
/// A conflict or ephemeral scope is a range, and the requirement is tested against it as a range.
/// </para>
/// <para>
/// Technique: only what changed. Reducing takes variants away and never brings any back, so its order shows in texts
/// alone, and a scope has to be looked at again only if the other has changed.
/// </para>
/// <para>
/// Technique: links. For each family a list of the scopes that have it among their dependencies, kept as scopes come
/// and go, so that a changed scope finds whom it concerns without asking all.
/// </para>
/// <para>
/// PERF: OnlyChangedReduce ×4.8 on the 188, ×3.4 on the studio book.
/// </para>
/// </remarks>
internal sealed partial class Solver
{
    private Link[] _links = new Link[DebugSizes.Shrink(1024)];
    private int _linkCount;
    private ulong[] _removed = new ulong[1];

    private PhaseEnd ReduceAll()
    {
        if (!_switches.OnlyChangedReduce)
        {
            for (int scope = 0; scope < _scopeCount; scope++)
            {
                MarkChanged(scope);
            }
        }

        foreach (int scope in _added)
        {
            PhaseEnd end = ReduceByAll(scope);
            if (end != PhaseEnd.Exhausted)
            {
                return end;
            }
        }

        _added.Clear();
        while (_changedCount > 0)
        {
            int by = _changed[--_changedCount];
            _scopes[by].IsChanged = false;
            int required = _scopes[by].FamilyId;
            for (int link = _families[required].LatestLink; link >= 0; link = _links[link].Next)
            {
                if (Interrupted())
                {
                    return PhaseEnd.Stopped;
                }

                ref readonly Link dependent = ref _links[link];
                if ((_slices[dependent.Open] >> dependent.Dependency & 1) == 0 || dependent.Scope == by)
                {
                    continue;
                }

                if (!Reduce(dependent.Scope, dependent.Dependency, required))
                {
                    return PhaseEnd.Failed;
                }
            }
        }

        return PhaseEnd.Exhausted;
    }

    /// <summary>Reduces a scope by all that it depends on, and links it to those that may still have an effect.</summary>
    private PhaseEnd ReduceByAll(int scope)
    {
        int openStart = OpenStart(scope);
        JoinedTables? joined = _scopes[scope].Joined;
        int words = _scopes[scope].DependencyWords;
        for (int w = 0; w < words; w++)
        {
            for (ulong open = _slices[openStart + w]; open != 0; open &= open - 1)
            {
                if (Interrupted())
                {
                    return PhaseEnd.Stopped;
                }

                int d = w * Bits.WordBits + BitOperations.TrailingZeroCount(open);
                int required = joined is not null
                    ? joined.Dependencies[d].Family
                    : _scopes[scope].Family!.Dependencies[d].Family;
                int by = ScopeOf(required);
                if (by >= 0 && by != scope)
                {
                    if (!Reduce(scope, d, required))
                    {
                        return PhaseEnd.Failed;
                    }

                    if ((_slices[openStart + w] >> d & 1) == 0)
                    {
                        continue; // settled
                    }
                }

                AddLink(scope, d, required, openStart + w);
            }
        }

        return PhaseEnd.Exhausted;
    }

    /// <summary>Reduces a scope by another that it depends on; false if nothing is left of it.</summary>
    private bool Reduce(int scope, int dependency, int required)
    {
        ref readonly FamilyState state = ref _families[required];
        if (state.Slice >= 0 && _scopes[scope].Joined is { } joined)
        {
            ref readonly JoinedDependency together = ref joined.Dependencies[dependency];
            if (together.TargetWords > 0 && together.TargetEdition == state.Edition)
            {
                return together.AreWords
                    ? ReduceJoinedWord(scope, joined, dependency, together, state.Slice)
                    : ReduceJoinedWords(scope, joined, dependency, together, state.Slice);
            }
        }

        int by = state.Scope;
        if (_scopes[by].Kind != ScopeKind.Package)
        {
            return ReduceByRange(scope, dependency, _scopes[by].Requirement!);
        }

        if (_scopes[by].IsSolved)
        {
            // What is not removed now allows its one variant.
            SettleAllowed(scope, dependency);
        }

        return ReduceSlice(scope, dependency, by);
    }

    private bool RemoveWord(int scope, ulong slice, ulong removed)
    {
        int start = _scopes[scope].Slice;
        _trail.Save(start, slice);
        _slices[start] = slice & ~removed;
        MarkNarrowed(scope);
        return _slices[start] != 0;
    }

    private bool ReduceSlice(int scope, int dependency, int by)
    {
        CompiledFamily family = _scopes[scope].Family!;
        CompiledFamily required = _scopes[by].Family!;
        ref readonly Dependency span = ref family.Dependencies[dependency];
        (int start, int length) = Window(Slice(scope));
        ReadOnlySpan<ulong> slice = Slice(scope).Slice(start, length);
        (int otherStart, int otherLength) = Window(Slice(by));
        ReadOnlySpan<ulong> other = Slice(by).Slice(otherStart, otherLength);
        Span<ulong> removed = Cleared(ref _removed, length);
        required.EnsureRow(span.LastRow);
        int from = span.Start;
        if (span.RangesFall && _switches.NeighbouringRanges)
        {
            var falling = new FallingRanges(family, slice, start, required);
            ReadOnlySpan<ulong> holders = family.Holders.AsSpan(dependency * family.Words, family.Words);
            falling.AddConflicting(span, holders, other, otherStart, removed);
            from = span.Conflicts;
        }

        if (family.HasWords && required.HasWords)
        {
            AddConflicting(family, from, span.End, slice, start, required, other, otherStart, removed);
            return Remove(scope, removed, start);
        }

        for (int r = from; r < span.End; r++)
        {
            if (!family.IsHeld(r, slice, start))
            {
                continue;
            }

            if (!required.RowIntersects(family.RequirementRow[r], other, otherStart))
            {
                family.HoldersOf(r).AddTo(removed, start);
            }
        }

        return Remove(scope, removed, start);
    }

    /// <summary>
    /// Adds the holders of live requirements that no variant of the other slice satisfies. The sets are of few words:
    /// going through all of them takes less than finding out on the way that the rest need not be looked at.
    /// </summary>
    private static void AddConflicting(
        CompiledFamily family,
        int from,
        int to,
        ReadOnlySpan<ulong> slice,
        int start,
        CompiledFamily required,
        ReadOnlySpan<ulong> other,
        int otherStart,
        Span<ulong> conflicting
    )
    {
        for (int r = from; r < to; r++)
        {
            ReadOnlySpan<ulong> holders = family.RequirementHolders.AsSpan(r * family.Words + start, slice.Length);
            if (!Bits.Share(slice, holders))
            {
                continue;
            }

            int row = family.RequirementRow[r] * required.Words + otherStart;
            if (!Bits.Share(other, required.RowWords.AsSpan(row, other.Length)))
            {
                Bits.Or(conflicting, holders);
            }
        }
    }

    private bool ReduceByRange(int scope, int dependency, Requirement by)
    {
        CompiledFamily family = _scopes[scope].Family!;
        ref readonly Dependency span = ref family.Dependencies[dependency];
        FamilySlot required = _repository.Slot(span.Family);
        ReadOnlySpan<ulong> slice = Slice(scope);
        Span<ulong> removed = Cleared(ref _removed, family.Words);
        for (int r = span.Start; r < span.End; r++)
        {
            if (family.IsHeld(r, slice, 0) && required.Requirement(family.RequirementRow[r]).Value.ConflictsWith(by))
            {
                family.HoldersOf(r).AddTo(removed, 0);
            }
        }

        return Remove(scope, removed, 0);
    }

    /// <summary>Removes variants, given from a word on; before and after that the slice has none.</summary>
    private bool Remove(int scope, ReadOnlySpan<ulong> removed, int from)
    {
        int start = _scopes[scope].Slice + from;
        bool changed = false;
        ulong any = 0;
        for (int i = 0; i < removed.Length; i++)
        {
            ulong old = _slices[start + i];
            ulong left = old & ~removed[i];
            any |= left;
            if (left != old)
            {
                _trail.Save(start + i, old);
                _slices[start + i] = left;
                changed = true;
            }
        }

        if (changed)
        {
            MarkNarrowed(scope);
        }

        return any != 0;
    }

    private void AddLink(int scope, int dependency, int required, int open)
    {
        if (_linkCount == _links.Length)
        {
            Array.Resize(ref _links, _linkCount * 2);
        }

        ref int latest = ref _families[required].LatestLink;
        _links[_linkCount] = new Link(scope, dependency, required, open, latest);
        latest = _linkCount++;
    }

    private void RemoveLinks(int downTo)
    {
        while (_linkCount > downTo)
        {
            Link link = _links[--_linkCount];
            _families[link.Family].LatestLink = link.Next;
        }
    }

    private void ClearLinks() => RemoveLinks(0);

    /// <summary>A scope that has a family among its open dependencies.</summary>
    /// <param name="Scope">The scope.</param>
    /// <param name="Dependency">The number of the dependency.</param>
    /// <param name="Family">The family.</param>
    /// <param name="Open">Where the word of the scope's open dependencies stands that has this one.</param>
    /// <param name="Next">The next link on the same family, or -1.</param>
    private readonly record struct Link(int Scope, int Dependency, int Family, int Open, int Next);
}
