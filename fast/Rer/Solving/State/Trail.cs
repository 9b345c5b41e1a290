using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving.State;

/// <summary>
/// Technique: one state and an undo trail, where rez copies the state at each split. What a phase overwrites is written
/// down; failing back to a mark restores it in reverse.
/// </summary>
/// <remarks>A part of <see cref="SolveState"/>, kept inside it.</remarks>
internal struct Trail()
{
    private readonly List<ScopeChange> _changes = [];
    private (int Where, ulong Old)[] _entries = new (int, ulong)[DebugSizes.Shrink(1024)];
    private int _count;

    /// <summary>How many words and solved scopes are written down.</summary>
    internal readonly int Position => _count;

    /// <summary>How many changes of what a scope is are written down; such changes are rare.</summary>
    internal readonly int Changes => _changes.Count;

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        _count = 0;
        _changes.Clear();
    }

    /// <summary>Writes down a word of a set before it is overwritten.</summary>
    internal void Save(int offset, ulong old)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        _entries[_count++] = (offset, old);
    }

    /// <summary>Writes down that a scope was found solved.</summary>
    internal void SaveSolved(int scope) => Save(~scope, 0);

    /// <summary>Writes down what a scope is before it changes its kind or its requirement.</summary>
    internal readonly void SaveChange(in ScopeChange before) => _changes.Add(before);

    /// <summary>Takes back the latest word or solved scope.</summary>
    /// <param name="old">What the word was.</param>
    /// <returns>Where the word stands; or, inverted, the scope that is not solved.</returns>
    internal int Pop(out ulong old)
    {
        (int where, old) = _entries[--_count];
        return where;
    }

    /// <summary>Takes back the latest change of what a scope is.</summary>
    internal readonly ScopeChange PopChange()
    {
        ScopeChange before = _changes[^1];
        _changes.RemoveAt(_changes.Count - 1);
        return before;
    }

    /// <summary>What a scope required before it last changed.</summary>
    internal readonly Requirement? RequirementBefore(int scope) =>
        _changes.FindLast(change => change.Scope == scope).Requirement;
}

/// <summary>What a scope was.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Requirement">Its requirement.</param>
/// <param name="Slice">Where its slice stood.</param>
internal readonly record struct ScopeChange(int Scope, ScopeKind Kind, Requirement? Requirement, int Slice);
