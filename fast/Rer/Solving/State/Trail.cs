using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving.State;

/// <summary>
/// Technique: one state and an undo trail, where rez copies the state at each split. What a phase overwrites is
/// recorded. Failing back to a mark restores it in reverse order.
/// </summary>
/// <remarks>A part of <see cref="SolveState"/>, stored inside it.</remarks>
internal struct Trail()
{
    private readonly List<ScopeChange> _changes = [];

    private Entry[] _entries = new Entry[DebugSizes.Shrink(1024)];
    private int _count;

    /// <summary>The number of recorded words and solved scopes.</summary>
    internal readonly int Position => _count;

    /// <summary>The number of recorded changes of a scope's kind or requirement. They are rare.</summary>
    internal readonly int Changes => _changes.Count;

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        _count = 0;
        _changes.Clear();
    }

    /// <summary>Records a word of a set before it is overwritten.</summary>
    internal void Save(int offset, ulong old)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        ref Entry entry = ref _entries[_count++];
        entry.Where = offset;
        entry.Old = old;
    }

    /// <summary>Records that a scope was found to be solved.</summary>
    internal void SaveSolved(ScopeId scope) => Save(~scope.Number, 0);

    /// <summary>Records a scope before it changes its kind or its requirement.</summary>
    internal readonly void SaveChange(in ScopeChange before) => _changes.Add(before);

    /// <summary>Restores all words and solved scopes since a position, the latest first.</summary>
    internal void Undo(int position, in SetStore sets, in ScopeList scopes)
    {
        while (_count > position)
        {
            ref readonly Entry entry = ref _entries[--_count];
            if (entry.Where >= 0)
            {
                sets.Restore(entry.Where, entry.Old);
            }
            else
            {
                scopes[new ScopeId(~entry.Where)].IsSolved = false;
            }
        }
    }

    /// <summary>Takes back the latest change of a scope's kind or requirement.</summary>
    internal readonly ScopeChange PopChange()
    {
        ScopeChange before = _changes[^1];
        _changes.RemoveAt(_changes.Count - 1);
        return before;
    }

    /// <summary>The requirement of a scope before its last change.</summary>
    internal readonly Requirement? RequirementBefore(ScopeId scope) =>
        _changes.FindLast(change => change.Scope == scope).Requirement;

    /// <summary>
    /// Where a word of a set is stored, and its old value. An inverted number is a scope that was not solved. It is not
    /// a tuple, because the constructor of a tuple is not compiled ahead (ReadyToRun), and a first solve calls it often.
    /// </summary>
    private struct Entry
    {
        internal int Where;
        internal ulong Old;
    }
}

/// <summary>An earlier state of a scope.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Requirement">Its requirement.</param>
/// <param name="Slice">Where its slice was stored.</param>
internal readonly record struct ScopeChange(ScopeId Scope, ScopeKind Kind, Requirement? Requirement, int Slice);
