namespace Rer.Solving;

/// <summary>
/// Technique: one state and an undo trail, where rez copies the state at each split. What a phase overwrites is written
/// down; failing back to a mark restores it in reverse.
/// </summary>
internal sealed class Trail
{
    private (int Where, ulong Old)[] _entries = new (int, ulong)[DebugSizes.Shrink(1024)];
    private int _count;

    /// <summary>The position to come back to.</summary>
    internal int Position => _count;

    /// <summary>Forgets everything.</summary>
    internal void Clear() => _count = 0;

    /// <summary>Writes down a word of the slices before it is overwritten.</summary>
    internal void Save(int offset, ulong old)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        _entries[_count++] = (offset, old);
    }

    /// <summary>Writes down that a scope was found solved; undone by clearing its mark.</summary>
    internal void SaveSolved(int scope) => Save(~scope, 0);

    /// <summary>Restores everything since a position.</summary>
    internal void UndoTo(int position, ulong[] slices, Scope[] scopes)
    {
        (int Where, ulong Old)[] entries = _entries;
        for (int i = _count - 1; i >= position; i--)
        {
            (int where, ulong old) = entries[i];
            if (where >= 0)
            {
                slices[where] = old;
            }
            else
            {
                scopes[~where].IsSolved = false;
            }
        }

        _count = position;
    }
}
