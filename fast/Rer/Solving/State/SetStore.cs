using System.Runtime.CompilerServices;
using Rer.Compiling;
using Rer.Solving.Sets;

namespace Rer.Solving.State;

/// <summary>
/// The sets of a solve, one after another, added and removed as on a stack. Each package scope has its slice, its open
/// dependencies, and those that the cut of a split examines.
/// </summary>
/// <remarks>A part of <see cref="SolveState"/>, stored inside it, so that a step reads a word through a single
/// object.</remarks>
internal struct SetStore()
{
    private ulong[] _words = new ulong[DebugSizes.Shrink(1024)];

    /// <summary>Where the next set will be stored.</summary>
    internal int Top { get; private set; }

    /// <summary>A word of a set.</summary>
    internal readonly ulong this[int at]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _words[at];
    }

    /// <summary>A set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly ReadOnlySpan<ulong> Of(int at, int words) => _words.AsSpan(at, words);

    /// <summary>A set of few words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly TSet Read<TSet>(int at, int words)
        where TSet : struct, IVariantSet<TSet> => TSet.Part(_words, at, words);

    /// <summary>A new set to fill, which no mark refers to yet.</summary>
    internal readonly Span<ulong> New(int at, int words) => _words.AsSpan(at, words);

    /// <summary>Allocates an empty set.</summary>
    internal int Allocate(int words)
    {
        int start = Top;
        int top = checked(start + words);
        int needed = checked(top + VectorSet.Spare);
        if (needed > _words.Length)
        {
            Array.Resize(ref _words, Math.Max(needed, checked(_words.Length * 2)));
        }

        for (int at = start; at < top; at++)
        {
            _words[at] = 0; // most have few words
        }

        Top = top;
        return start;
    }

    /// <summary>
    /// Overwrites a word so that failing back undoes it. Nothing else may write to a set that a mark refers to.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Write(ref Trail trail, int at, ulong value)
    {
        ref ulong word = ref _words[at];
        trail.Save(at, word);
        word = value;
    }

    /// <summary>Narrows a set to what is allowed.</summary>
    /// <param name="trail">Records the old value.</param>
    /// <param name="at">Where the set is stored.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="left">Whether anything is left.</param>
    /// <returns>Whether the set has become smaller.</returns>
    internal readonly bool Narrow(ref Trail trail, int at, ReadOnlySpan<ulong> allowed, out bool left)
    {
        ulong any = 0;
        bool changed = false;
        foreach (ulong word in allowed)
        {
            ulong old = _words[at];
            ulong rest = old & word;
            any |= rest;
            if (rest != old)
            {
                Write(ref trail, at, rest);
                changed = true;
            }

            at++;
        }

        left = any != 0;
        return changed;
    }

    /// <summary>Overwrites a set.</summary>
    internal readonly void Overwrite(ref Trail trail, int at, ReadOnlySpan<ulong> value)
    {
        foreach (ulong word in value)
        {
            if (_words[at] != word)
            {
                Write(ref trail, at, word);
            }

            at++;
        }
    }

    /// <summary>Restores the old value of a word.</summary>
    internal readonly void Restore(int at, ulong old) => _words[at] = old;

    /// <summary>Releases all sets from a position on.</summary>
    internal void Release(int top) => Top = top;
}
