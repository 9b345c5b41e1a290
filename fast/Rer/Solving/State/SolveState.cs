using System.Runtime.CompilerServices;
using Rer.Asking;
using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving.State;

/// <summary>
/// The state of a solve: its scopes, in the order in which they were added, and what is needed to go back. Steps read
/// it, and change it only through its methods; nothing else writes to it.
/// </summary>
internal sealed class SolveState
{
    private readonly FamilySource _families;
    private readonly EngineSwitches _switches;
    private readonly Marks _marks = new();
    private readonly Settling _settling;
    private SetStore _sets = new();
    private Trail _trail = new();
    private Links _links = new();
    private Pending _pending = new();
    private ScopeList _scopes = new();
    private FamilyTable _table;

    /// <summary>No scope before this one can be split.</summary>
    private ScopeId _firstUnsolved;

    internal SolveState(FamilySource families, EngineSwitches switches)
    {
        _families = families;
        _switches = switches;
        _table = new FamilyTable(families);
        _settling = new Settling(switches.SettledDependencies);
    }

    /// <summary>The sets of the scopes.</summary>
    internal ref readonly SetStore Sets => ref _sets;

    /// <summary>The scopes to reduce against all others, because they are new or wider than before.</summary>
    internal ReadOnlySpan<ScopeId> Added => _pending.Added;

    /// <summary>Whether any scope is to be extracted from.</summary>
    internal bool HasExtractions => _pending.HasExtractions(_scopes.Count);

    /// <summary>Whether there is anything to reduce.</summary>
    internal bool HasReductions => _pending.HasReductions;

    /// <summary>Who depends on whom.</summary>
    internal ref readonly Links Links => ref _links;

    /// <summary>The number of scopes.</summary>
    internal int Count => _scopes.Count;

    /// <summary>The number of the next scope to be added.</summary>
    internal ScopeId End => _scopes.End;

    /// <summary>The number of splits that may be failed back to.</summary>
    internal int Marks => _marks.Count;

    /// <summary>A scope.</summary>
    internal ref readonly Scope this[ScopeId scope]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _scopes[scope];
    }

    /// <summary>The variants that a package scope still has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<ulong> Slice(ScopeId scope)
    {
        ref readonly Scope of = ref _scopes[scope];
        return _sets.Of(of.Slice, of.Words);
    }

    /// <summary>The dependencies of a scope that may still have an effect.</summary>
    internal ReadOnlySpan<ulong> Open(ScopeId scope) => Sets.Of(_scopes[scope].Open, _scopes[scope].DependencyWords);

    /// <summary>The dependencies of a scope that the cut of a split examines.</summary>
    internal ReadOnlySpan<ulong> CutOpen(ScopeId scope) =>
        Sets.Of(_scopes[scope].CutOpen, _scopes[scope].DependencyWords);

    /// <summary>What the solve knows about a family.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly FamilyState StateOf(FamilyId family) => ref _table[family];

    /// <summary>The scope of a family, if it has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ScopeId ScopeOf(FamilyId family) => _table[family].Scope;

    /// <summary>The compilation of a family that this solve uses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal CompiledFamily Family(FamilyId family) => _table.Compiled(family);

    /// <summary>The first scope that can be split; none if all are solved.</summary>
    internal ScopeId FindUnsolved()
    {
        ScopeId scope = _switches.FirstUnsolvedHint ? _firstUnsolved : default;
        for (; scope < _scopes.End; scope++)
        {
            if (_scopes[scope] is { Kind: ScopeKind.Package, IsSolved: false })
            {
                break;
            }
        }

        _firstUnsolved = scope;
        return scope < _scopes.End ? scope : ScopeId.None;
    }

    /// <summary>The requirement of a scope before it last changed its kind.</summary>
    internal Requirement? RequirementBefore(ScopeId scope) => _trail.RequirementBefore(scope);

    /// <summary>Forgets the last solve. The cost is proportional to that solve's number of scopes.</summary>
    internal void Clear()
    {
        _pending.Clear(_scopes.Count);
        _links.RemoveTo(0, ref _table);
        for (ScopeId scope = default; scope < _scopes.End; scope++)
        {
            ref Scope forgotten = ref _scopes[scope];
            _table.ForgetPartial(forgotten.FamilyId);
            _table.Leave(forgotten.FamilyId);
            forgotten.Family = null;
            forgotten.Joined = null;
            forgotten.Requirement = null;
        }

        _trail.Clear();
        _marks.Clear();
        _sets.Release(0);
        _scopes.RemoveFrom(default);
        _firstUnsolved = default;
    }

    /// <summary>Adds a scope at the end. A package scope has no slice yet: see <see cref="Prepare"/>.</summary>
    internal ScopeId Add(FamilyId family, ScopeKind kind, Requirement? requirement = null) =>
        Add(family, kind, requirement, RowId.None);

    /// <summary>Adds a scope whose requirement has a row.</summary>
    internal ScopeId Add(FamilyId family, ScopeKind kind, Requirement? requirement, RowId row)
    {
        ScopeId scope = _scopes.Add(family, kind, requirement, row);
        _pending.Reset(scope);
        _table[family].Scope = scope;
        return scope;
    }

    /// <summary>
    /// Allocates the sets of a package scope: its slice, and its open dependencies, which are all of them. Others do
    /// not see the slice before the scope enters.
    /// </summary>
    /// <returns>The empty slice, to be filled.</returns>
    internal Span<ulong> Prepare(ScopeId scope, CompiledFamily family)
    {
        int words = family.Words;
        int dependencyWords = family.DependencyWords;
        int start = _sets.Allocate(words + 2 * dependencyWords);
        Settling.OpenAll(_sets.New(start + words, 2 * dependencyWords), family.DependencyCount);
        ref Scope prepared = ref _scopes[scope];
        prepared.Family = family;
        prepared.Joined = _switches.JoinedTables ? family.Use(_families.Catalogue.Slots, !_switches.JoinLate) : null;
        prepared.Slice = start;
        prepared.Words = words;
        prepared.DependencyWords = dependencyWords;
        return _sets.New(start, words);
    }

    /// <summary>Narrows a scope of this round. No mark is inside the round, so nothing is saved.</summary>
    internal void NarrowPrepared(ScopeId scope, ReadOnlySpan<ulong> allowed) =>
        Bits.And(_sets.New(_scopes[scope].Slice, allowed.Length), allowed);

    /// <summary>
    /// Lets a package scope enter that is new or was a conflict, and has its slice: it will be extracted from, and
    /// reduced against all.
    /// </summary>
    /// <returns>False if its slice is empty.</returns>
    internal bool Enter(ScopeId scope)
    {
        ref readonly Scope entering = ref _scopes[scope];
        CompiledFamily family = entering.Family!;
        _families.Reach(family);
        ref FamilyState state = ref _table[entering.FamilyId];
        state.Slice = entering.Slice;
        state.Edition = family.Edition;
        if (Bits.IsEmpty(_sets.Of(entering.Slice, entering.Words)))
        {
            return false;
        }

        MarkNarrowed(scope);
        _pending.AddNew(scope);
        _firstUnsolved = scope < _firstUnsolved ? scope : _firstUnsolved;
        return true;
    }

    /// <summary>Continues with another compilation of a family, which has no slice yet.</summary>
    internal void Use(CompiledFamily family) => _table[family.Slot.Id].Family = family;

    /// <summary>Allocates an empty set that does not belong to a scope.</summary>
    internal int Allocate(int words) => _sets.Allocate(words);

    /// <summary>
    /// Widens a conflict scope that an extraction hits. It becomes a package scope, whose slice is given later.
    /// </summary>
    internal void Widen(ScopeId scope) => Change(scope, ScopeKind.Package, null);

    /// <summary>Gives an ephemeral's scope another requirement.</summary>
    internal void Require(ScopeId scope, Requirement requirement)
    {
        if (_scopes[scope].Requirement is null)
        {
            _scopes[scope].Requirement = requirement; // it was added in this round, and no mark is earlier
        }
        else
        {
            Change(scope, ScopeKind.Ephemeral, requirement);
        }

        MarkChanged(scope);
    }

    /// <summary>Narrows a slice of one word; false if nothing is left of it.</summary>
    internal bool Narrow(ScopeId scope, ulong allowed)
    {
        int at = _scopes[scope].Slice;
        ulong old = _sets[at];
        ulong left = old & allowed;
        if (left != old)
        {
            _sets.Write(ref _trail, at, left);
            MarkNarrowed(scope);
        }

        return left != 0;
    }

    /// <summary>
    /// Narrows a slice to a set of allowed variants, which starts at a given word and has no members elsewhere.
    /// </summary>
    /// <returns>False if nothing is left of the slice.</returns>
    internal bool Narrow(ScopeId scope, ReadOnlySpan<ulong> allowed, int from)
    {
        if (_sets.Narrow(ref _trail, _scopes[scope].Slice + from, allowed, out bool left))
        {
            MarkNarrowed(scope);
        }

        return left;
    }

    /// <summary>
    /// Marks a scope as solved: it has one variant, and everything that this requires has been extracted.
    /// </summary>
    internal void MarkSolved(ScopeId scope)
    {
        if (!_scopes[scope].IsSolved)
        {
            _scopes[scope].IsSolved = true;
            _trail.SaveSolved(scope);
        }
    }

    /// <summary>
    /// Settles dependencies, given as a word of the open ones. They can have no more effect, and do not matter to a
    /// split.
    /// </summary>
    internal void Settle(ScopeId scope, int word, ulong settled)
    {
        ref readonly Scope of = ref _scopes[scope];
        _settling.Close(_sets, ref _trail, of.Open + word, settled);
        _settling.Close(_sets, ref _trail, of.CutOpen + word, settled);
    }

    /// <summary>Settles a dependency whose requirements allow everything in the other family's scope.</summary>
    internal void SettleAllowed(ScopeId scope, DependencyId dependency) =>
        _settling.CloseAllowed(_sets, ref _trail, _scopes[scope], dependency);

    /// <summary>Links a scope to a family that it depends on.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="dependency">The number of the dependency.</param>
    /// <param name="family">The family.</param>
    /// <param name="open">Where the word of the scope's open dependencies is stored that contains this one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Link(ScopeId scope, DependencyId dependency, FamilyId family, int open)
    {
        ref int latest = ref _table[family].LatestLink;
        latest = _links.Add(scope, dependency, family, open, latest);
    }

    /// <summary>
    /// Saves the state, to come back to it with the second half of a split, and continues with the first half.
    /// </summary>
    internal void Split(ScopeId scope, ReadOnlySpan<ulong> first)
    {
        Mark mark = new()
        {
            Trail = _trail.Position,
            Changes = _trail.Changes,
            Scopes = _scopes.End,
            Top = _sets.Top,
            Links = _links.Count,
            FirstUnsolved = _firstUnsolved,
            SplitScope = scope,
        };
        _marks.Push(mark, Slice(scope), first);
        Overwrite(scope, first);
    }

    /// <summary>Goes back to the latest split and takes its second half, as a pending phase.</summary>
    internal void TakeSecondHalf()
    {
        Mark mark = _marks.Pop();
        Undo(mark);
        Overwrite(mark.SplitScope, _marks.HalfOf(mark, _scopes[mark.SplitScope].Words));
    }

    /// <summary>Records that others have to be reduced against a scope.</summary>
    internal void MarkChanged(ScopeId scope) => _pending.AddChanged(scope);

    /// <summary>Takes up to 64 of the scopes to extract from, which are those of one word.</summary>
    internal ulong TakeToExtract(int word) => _pending.TakeToExtract(word);

    /// <summary>Clears the new scopes after they were reduced.</summary>
    internal void ClearAdded() => _pending.ClearNew();

    /// <summary>
    /// Takes the latest scope that has changed since others were reduced against it, if there is one.
    /// </summary>
    internal ScopeId TakeChanged() => _pending.TakeChanged();

    private void Undo(in Mark mark)
    {
        _pending.Clear(_scopes.Count);
        _trail.Undo(mark.Trail, _sets, _scopes);
        while (_trail.Changes > mark.Changes)
        {
            Undo(_trail.PopChange());
        }

        _links.RemoveTo(mark.Links, ref _table);
        for (ScopeId added = mark.Scopes; added < _scopes.End; added++)
        {
            _table.Leave(_scopes[added].FamilyId);
        }

        _scopes.RemoveFrom(mark.Scopes);
        _sets.Release(mark.Top);
        _firstUnsolved = mark.FirstUnsolved;
    }

    private void Undo(in ScopeChange before)
    {
        ref Scope changed = ref _scopes[before.Scope];
        (changed.Kind, changed.Requirement, changed.Slice) = (before.Kind, before.Requirement, before.Slice);
        if (before.Kind != ScopeKind.Package)
        {
            changed.Family = null;
            changed.Joined = null;
            _table[changed.FamilyId].Slice = -1;
        }
    }

    private void Overwrite(ScopeId scope, ReadOnlySpan<ulong> value)
    {
        _sets.Overwrite(ref _trail, _scopes[scope].Slice, value);
        MarkNarrowed(scope);
    }

    /// <summary>Changes a scope's kind or requirement, so that failing back undoes it.</summary>
    private void Change(ScopeId scope, ScopeKind kind, Requirement? requirement)
    {
        ref Scope changed = ref _scopes[scope];
        _trail.SaveChange(new ScopeChange(scope, changed.Kind, changed.Requirement, changed.Slice));
        changed.Kind = kind;
        changed.Requirement = requirement;
    }

    /// <summary>
    /// Records that a slice has fewer variants: it will be extracted from again, and others reduced against it.
    /// </summary>
    private void MarkNarrowed(ScopeId scope)
    {
        MarkChanged(scope);
        if (_switches.OnlyChangedExtract)
        {
            _pending.AddToExtract(scope);
            return;
        }

        for (ScopeId other = default; other < _scopes.End; other++)
        {
            if (_scopes[other].Kind == ScopeKind.Package)
            {
                _pending.AddToExtract(other);
            }
        }
    }
}
