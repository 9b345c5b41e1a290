using System.Runtime.CompilerServices;

namespace Rer.Compiling;

/// <summary>Enumerates the members of a set, in ascending order.</summary>
/// <param name="set">The set.</param>
internal ref struct BitMembers(ReadOnlySpan<ulong> set)
{
    private readonly ReadOnlySpan<ulong> _set = set;
    private int _word = -1;
    private ulong _left;

    /// <summary>The current member.</summary>
    public int Current { get; private set; }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly BitMembers GetEnumerator() => this;

    /// <summary>Moves to the next member; false if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        while (_left == 0)
        {
            if (++_word >= _set.Length)
            {
                return false;
            }

            _left = _set[_word];
        }

        Current = _word * Bits.WordBits + Bits.LowestIndex(_left);
        _left &= _left - 1;
        return true;
    }
}
