using System.Runtime.CompilerServices;
using Rer.Asking;
using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving.State;

/// <summary>
/// The state of a solve: its scopes, in the order in which they came in, and what it takes to go back. Steps read it and
/// change it by its verbs; nothing else writes to it.
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
    private int _firstUnsolved;

    internal SolveState(FamilySource families, EngineSwitches switches)
    {
        _families = families;
        _switches = switches;
        _table = new FamilyTable(families);
        _settling = new Settling(switches.SettledDependencies);
    }

    /// <summary>The sets of the scopes.</summary>
    internal ref readonly SetStore Sets => ref _sets;

    /// <summary>Scopes to reduce against all others: those that are new, or wider than before.</summary>
    internal ReadOnlySpan<int> Added => _pending.Added;

    /// <summary>Whether any scope is to be extracted from.</summary>
    internal bool HasExtractions => _pending.HasExtractions(_scopes.Count);

    /// <summary>Whether anything is to be reduced.</summary>
    internal bool HasReductions => _pending.HasReductions;

    /// <summary>Who depends on whom.</summary>
    internal ref readonly Links Links => ref _links;

    /// <summary>How many scopes there are.</summary>
    internal int Count => _scopes.Count;

    /// <summary>How many splits may be failed back to.</summary>
    internal int Marks => _marks.Count;

    /// <summary>A scope.</summary>
    internal ref readonly Scope this[int scope]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _scopes[scope];
    }

    /// <summary>The variants that a package scope still has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<ulong> Slice(int scope)
    {
        ref readonly Scope of = ref _scopes[scope];
        return _sets.Of(of.Slice, of.Words);
    }

    /// <summary>The dependencies of a scope that may still have an effect.</summary>
    internal ReadOnlySpan<ulong> Open(int scope) => Sets.Of(_scopes[scope].Open, _scopes[scope].DependencyWords);

    /// <summary>The dependencies of a scope that the cut of a split looks at.</summary>
    internal ReadOnlySpan<ulong> CutOpen(int scope) => Sets.Of(_scopes[scope].CutOpen, _scopes[scope].DependencyWords);

    /// <summary>What the solve knows of a family.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly FamilyState StateOf(int family) => ref _table[family];

    /// <summary>The scope of a family, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int ScopeOf(int family) => _table[family].Scope;

    /// <summary>The compilation of a family that this solve uses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal CompiledFamily Family(int family) => _table.Compiled(family);

    /// <summary>The first scope that can be split, or -1 if all are solved.</summary>
    internal int FindUnsolved()
    {
        int scope = _switches.FirstUnsolvedHint ? _firstUnsolved : 0;
        for (; scope < _scopes.Count; scope++)
        {
            if (_scopes[scope] is { Kind: ScopeKind.Package, IsSolved: false })
            {
                break;
            }
        }

        _firstUnsolved = scope;
        return scope < _scopes.Count ? scope : -1;
    }

    /// <summary>What a scope required before it last changed its kind.</summary>
    internal Requirement? RequirementBefore(int scope) => _trail.RequirementBefore(scope);

    /// <summary>Forgets the last solve. Costs as much as that one had scopes.</summary>
    internal void Clear()
    {
        ClearPending();
        RemoveLinks(0);
        for (int scope = 0; scope < _scopes.Count; scope++)
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
        _scopes.RemoveFrom(0);
        _firstUnsolved = 0;
    }

    /// <summary>Adds a scope at the end. A package scope has no slice yet: see <see cref="Prepare"/>.</summary>
    internal int Add(int family, ScopeKind kind, Requirement? requirement = null, int row = -1)
    {
        int scope = _scopes.Add(family, kind, requirement, row);
        _pending.Reset(scope);
        _table[family].Scope = scope;
        return scope;
    }

    /// <summary>
    /// Takes room for the sets of a package scope: its slice, and its open dependencies, all. Others do not see the slice
    /// before the scope enters.
    /// </summary>
    /// <returns>The slice, which is empty, to be filled.</returns>
    internal Span<ulong> Prepare(int scope, CompiledFamily family)
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

    /// <summary>A scope of this round, which nothing goes back to the middle of, has fewer variants.</summary>
    internal void NarrowPrepared(int scope, ReadOnlySpan<ulong> allowed) =>
        Bits.And(_sets.New(_scopes[scope].Slice, allowed.Length), allowed);

    /// <summary>
    /// A package scope that is new, or was a conflict, and has its slice: extract from it, and reduce it against all.
    /// </summary>
    /// <returns>False if nothing is in it.</returns>
    internal bool Enter(int scope)
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
        _firstUnsolved = Math.Min(_firstUnsolved, scope);
        return true;
    }

    /// <summary>
    /// Makes the slice of a package scope of the versions in range, less those that are filtered, and lets it enter.
    /// </summary>
    /// <returns>False if nothing is in it.</returns>
    internal bool Enter(int scope, Span<ulong> versions)
    {
        int id = _scopes[scope].FamilyId;
        CompiledFamily family = _families.Load(Family(id), versions);
        _table[id].Family = family;
        if (Bits.IsEmpty(versions))
        {
            return false;
        }

        Span<ulong> slice = Prepare(scope, family);
        foreach (int version in Bits.Members(versions))
        {
            Bits.AddRange(slice, family.FirstVariant[version], family.FirstVariant[version + 1]);
        }

        return Enter(scope);
    }

    /// <summary>Takes room for a set that is not a scope's, which is empty.</summary>
    internal int Allocate(int words) => _sets.Allocate(words);

    /// <summary>
    /// A conflict scope that is hit by an extraction widens: it becomes a package scope, whose slice is still to be given.
    /// </summary>
    internal void Widen(int scope) => Change(scope, ScopeKind.Package, null);

    /// <summary>An ephemeral's scope gets another requirement.</summary>
    internal void Require(int scope, Requirement requirement)
    {
        if (_scopes[scope].Requirement is null)
        {
            _scopes[scope].Requirement = requirement; // it came in with this round, and nothing goes back to before
        }
        else
        {
            Change(scope, ScopeKind.Ephemeral, requirement);
        }

        MarkChanged(scope);
    }

    /// <summary>Narrows a slice of one word; false if nothing is left of it.</summary>
    internal bool Narrow(int scope, ulong allowed)
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

    /// <summary>Narrows a slice to what is allowed, from a word on; before and after that it has no members.</summary>
    /// <returns>False if nothing is left of it.</returns>
    internal bool Narrow(int scope, ReadOnlySpan<ulong> allowed, int from)
    {
        int at = _scopes[scope].Slice + from;
        ulong any = 0;
        bool changed = false;
        foreach (ulong word in allowed)
        {
            ulong old = _sets[at];
            ulong left = old & word;
            any |= left;
            if (left != old)
            {
                _sets.Write(ref _trail, at, left);
                changed = true;
            }

            at++;
        }

        if (changed)
        {
            MarkNarrowed(scope);
        }

        return any != 0;
    }

    /// <summary>Removes variants, given from a word on; before and after that the slice has none.</summary>
    /// <returns>False if nothing is left of it.</returns>
    internal bool Remove(int scope, Span<ulong> removed, int from)
    {
        for (int i = 0; i < removed.Length; i++)
        {
            removed[i] = ~removed[i];
        }

        return Narrow(scope, removed, from);
    }

    /// <summary>A scope was found to have one variant, and extracted all that it requires.</summary>
    internal void MarkSolved(int scope)
    {
        if (!_scopes[scope].IsSolved)
        {
            _scopes[scope].IsSolved = true;
            _trail.SaveSolved(scope);
        }
    }

    /// <summary>Dependencies, given as a word of the open ones, can have no more effect, nor show in a split.</summary>
    internal void Settle(int scope, int word, ulong settled)
    {
        ref readonly Scope of = ref _scopes[scope];
        _settling.Close(_sets, ref _trail, of.Open + word, settled);
        _settling.Close(_sets, ref _trail, of.CutOpen + word, settled);
    }

    /// <summary>All requirements on a dependency allow all that the family's scope holds.</summary>
    internal void SettleAllowed(int scope, int dependency) =>
        _settling.Close(_sets, ref _trail, _scopes[scope].Open + (dependency >> 6), 1UL << dependency);

    /// <summary>Links a scope to a family that it depends on.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="dependency">The number of the dependency.</param>
    /// <param name="family">The family.</param>
    /// <param name="open">Where the word of the scope's open dependencies stands that has this one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Link(int scope, int dependency, int family, int open)
    {
        ref int latest = ref _table[family].LatestLink;
        latest = _links.Add(scope, dependency, family, open, latest);
    }

    /// <summary>
    /// Remembers the state, to come back to it with the second half of a split, and goes on with the first.
    /// </summary>
    internal void Split(int scope, ReadOnlySpan<ulong> first)
    {
        Mark mark = new()
        {
            Trail = _trail.Position,
            Changes = _trail.Changes,
            Scopes = _scopes.Count,
            Top = _sets.Top,
            Links = _links.Count,
            FirstUnsolved = _firstUnsolved,
            SplitScope = scope,
        };
        _marks.Push(mark, Slice(scope), first);
        Overwrite(scope, first);
    }

    /// <summary>Goes back to the latest split and takes its second half, as a phase that is pending.</summary>
    internal void TakeSecondHalf()
    {
        Mark mark = _marks.Pop();
        Undo(mark);
        Overwrite(mark.SplitScope, _marks.HalfOf(mark, _scopes[mark.SplitScope].Words));
    }

    /// <summary>Others are to be reduced against a scope.</summary>
    internal void MarkChanged(int scope)
    {
        ref Scope changed = ref _scopes[scope];
        if (!changed.IsChanged)
        {
            changed.IsChanged = true;
            _pending.AddChanged(scope);
        }
    }

    /// <summary>All scopes are to be reduced against all, where it is not kept which changed.</summary>
    internal void MarkAllChanged()
    {
        for (int scope = 0; scope < _scopes.Count; scope++)
        {
            MarkChanged(scope);
        }
    }

    /// <summary>Takes up to 64 of the scopes to extract from: those of one word.</summary>
    internal ulong TakeToExtract(int word) => _pending.TakeToExtract(word);

    /// <summary>The new scopes were reduced.</summary>
    internal void ClearAdded() => _pending.ClearNew();

    /// <summary>Takes the latest scope that changed since others were reduced against it; -1 if there is none.</summary>
    internal int TakeChanged()
    {
        int scope = _pending.TakeChanged();
        if (scope >= 0)
        {
            _scopes[scope].IsChanged = false;
        }

        return scope;
    }

    private void Undo(in Mark mark)
    {
        ClearPending();
        while (_trail.Position > mark.Trail)
        {
            int where = _trail.Pop(out ulong old);
            if (where >= 0)
            {
                _sets.Restore(where, old);
            }
            else
            {
                _scopes[~where].IsSolved = false;
            }
        }

        while (_trail.Changes > mark.Changes)
        {
            Undo(_trail.PopChange());
        }

        RemoveLinks(mark.Links);
        for (int added = mark.Scopes; added < _scopes.Count; added++)
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

    private void Overwrite(int scope, ReadOnlySpan<ulong> value)
    {
        int at = _scopes[scope].Slice;
        foreach (ulong word in value)
        {
            if (_sets[at] != word)
            {
                _sets.Write(ref _trail, at, word);
            }

            at++;
        }

        MarkNarrowed(scope);
    }

    /// <summary>Changes what a scope is, in a way that failing back undoes.</summary>
    private void Change(int scope, ScopeKind kind, Requirement? requirement)
    {
        ref Scope changed = ref _scopes[scope];
        _trail.SaveChange(new ScopeChange(scope, changed.Kind, changed.Requirement, changed.Slice));
        changed.Kind = kind;
        changed.Requirement = requirement;
    }

    /// <summary>A slice has fewer variants: extract from it again, and reduce others against it.</summary>
    private void MarkNarrowed(int scope)
    {
        MarkChanged(scope);
        if (_switches.OnlyChangedExtract)
        {
            _pending.AddToExtract(scope);
            return;
        }

        for (int other = 0; other < _scopes.Count; other++)
        {
            if (_scopes[other].Kind == ScopeKind.Package)
            {
                _pending.AddToExtract(other);
            }
        }
    }

    private void ClearPending()
    {
        foreach (int scope in _pending.Changed)
        {
            _scopes[scope].IsChanged = false;
        }

        _pending.Clear(_scopes.Count);
    }

    private void RemoveLinks(int downTo)
    {
        while (_links.Count > downTo)
        {
            ref readonly Link link = ref _links.Pop();
            _table[link.Family].LatestLink = link.Next;
        }
    }
}
