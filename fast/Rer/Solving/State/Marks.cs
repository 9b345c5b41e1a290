using Rer.Compiling;

namespace Rer.Solving.State;

/// <summary>
/// The splits that the solve may still fail back to. Each has a second half, which is kept until it is taken.
/// </summary>
internal sealed class Marks
{
    private Mark[] _marks = new Mark[DebugSizes.Shrink(64)];
    private ulong[] _halves = new ulong[DebugSizes.Shrink(256)];
    private int _count;
    private int _top;

    /// <summary>The number of marks.</summary>
    internal int Count => _count;

    /// <summary>Removes all marks.</summary>
    internal void Clear()
    {
        _count = 0;
        _top = 0;
    }

    /// <summary>Adds a mark.</summary>
    /// <param name="mark">What to go back to.</param>
    /// <param name="slice">The slice that was split.</param>
    /// <param name="first">The half of it that is tried first.</param>
    internal void Push(Mark mark, ReadOnlySpan<ulong> slice, ReadOnlySpan<ulong> first)
    {
        if (_count == _marks.Length)
        {
            Array.Resize(ref _marks, _count * 2);
        }

        mark.Half = _top;
        _marks[_count++] = mark;
        int top = _top + slice.Length;
        if (top > _halves.Length)
        {
            Array.Resize(ref _halves, Math.Max(top, _halves.Length * 2));
        }

        for (int i = 0; i < slice.Length; i++)
        {
            _halves[_top + i] = slice[i] & ~first[i];
        }

        _top = top;
    }

    /// <summary>Takes the latest mark.</summary>
    internal Mark Pop()
    {
        Mark mark = _marks[--_count];
        _top = mark.Half;
        return mark;
    }

    /// <summary>The second half of the mark that was taken last.</summary>
    internal ReadOnlySpan<ulong> HalfOf(in Mark taken, int words) => _halves.AsSpan(taken.Half, words);
}

/// <summary>Where a split happened, and what to go back to.</summary>
internal struct Mark
{
    internal int Trail;
    internal int Changes;
    internal ScopeId Scopes;
    internal int Top;
    internal int Links;
    internal ScopeId FirstUnsolved;
    internal ScopeId SplitScope;
    internal int Half;
}
