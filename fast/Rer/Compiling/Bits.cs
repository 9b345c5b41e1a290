using System.Numerics;
using System.Runtime.CompilerServices;

namespace Rer.Compiling;

/// <summary>Sets of small numbers as words of 64 bits. All operands of an operation have the same length.</summary>
internal static class Bits
{
    internal const int WordBits = 64;

    /// <summary>The number of words for this many bits; at least one, so that every set has a first word.</summary>
    internal static int WordsFor(int count) => Math.Max(1, (count + WordBits - 1) / WordBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Contains(ReadOnlySpan<ulong> set, int bit) => (set[bit >> 6] >> (bit & 63) & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(Span<ulong> set, int bit) => set[bit >> 6] |= 1UL << (bit & 63);

    /// <summary>Adds a member; false if it was there.</summary>
    internal static bool TryAdd(Span<ulong> set, int bit)
    {
        bool isNew = !Contains(set, bit);
        Add(set, bit);
        return isNew;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Remove(Span<ulong> set, int bit) => set[bit >> 6] &= ~(1UL << (bit & 63));

    /// <summary>The lowest member of a word, as a word; 0 if it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Lowest(ulong word) => word & (0UL - word);

    /// <summary>The index of the lowest member of a word, which must not be empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int LowestIndex(ulong word) => BitOperations.TrailingZeroCount(word);

    /// <summary>The members of a set, in ascending order. Each word is read when the enumeration reaches it.</summary>
    internal static BitMembers Members(ReadOnlySpan<ulong> set) => new(set);

    /// <summary>A cleared buffer as an empty set, enlarged if necessary.</summary>
    internal static Span<ulong> Cleared(ref ulong[] buffer, int words)
    {
        if (buffer.Length < words)
        {
            buffer = new ulong[words];
        }

        Span<ulong> span = buffer.AsSpan(0, words);
        span.Clear();
        return span;
    }

    internal static bool IsEmpty(ReadOnlySpan<ulong> set)
    {
        // Most sets have one word.
        foreach (ulong word in set)
        {
            if (word != 0)
            {
                return false;
            }
        }

        return true;
    }

    internal static bool Intersects(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if ((a[i] & b[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As <see cref="Intersects"/>, for sets of few words, where checking all words is faster.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Share(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        ulong common = 0;
        for (int i = 0; i < b.Length; i++)
        {
            common |= a[i] & b[i];
        }

        return common != 0;
    }

    /// <summary>
    /// Whether the set has a member from <paramref name="start"/> up to, but not including, <paramref name="end"/>.
    /// </summary>
    internal static bool IntersectsRange(ReadOnlySpan<ulong> set, int start, int end)
    {
        if (start >= end)
        {
            return false;
        }

        int first = start >> 6;
        int last = (end - 1) >> 6;
        ulong head = ulong.MaxValue << (start & 63);
        ulong tail = ulong.MaxValue >> (63 - ((end - 1) & 63));
        return first == last
            ? (set[first] & head & tail) != 0
            : (set[first] & head) != 0 || (set[last] & tail) != 0 || set[(first + 1)..last].ContainsAnyExcept(0UL);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsSubset(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> of)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if ((a[i] & ~of[i]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Or(Span<ulong> into, ReadOnlySpan<ulong> other)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] |= other[i];
        }
    }

    internal static void And(Span<ulong> into, ReadOnlySpan<ulong> other)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] &= other[i];
        }
    }

    internal static void AndNot(Span<ulong> into, ReadOnlySpan<ulong> other)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] &= ~other[i];
        }
    }

    internal static int Count(ReadOnlySpan<ulong> set)
    {
        int count = 0;
        foreach (ulong word in set)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Whether the set has exactly one member; stops at the second.</summary>
    internal static bool IsSingle(ReadOnlySpan<ulong> set)
    {
        bool found = false;
        foreach (ulong word in set)
        {
            if (word == 0)
            {
                continue;
            }

            if (found || (word & (word - 1)) != 0)
            {
                return false;
            }

            found = true;
        }

        return found;
    }

    /// <summary>The stretch of words that contains all members; of length 0 if there are none.</summary>
    internal static (int Start, int Length) Window(ReadOnlySpan<ulong> set)
    {
        int start = set.IndexOfAnyExcept(0UL);
        return start < 0 ? (0, 0) : (start, set.LastIndexOfAnyExcept(0UL) + 1 - start);
    }

    /// <summary>The lowest member, or -1.</summary>
    internal static int First(ReadOnlySpan<ulong> set)
    {
        for (int i = 0; i < set.Length; i++)
        {
            if (set[i] != 0)
            {
                return i * WordBits + BitOperations.TrailingZeroCount(set[i]);
            }
        }

        return -1;
    }

    /// <summary>The highest member, or -1.</summary>
    internal static int Last(ReadOnlySpan<ulong> set)
    {
        int word = set.LastIndexOfAnyExcept(0UL);
        return word < 0 ? -1 : word * WordBits + BitOperations.Log2(set[word]);
    }

    /// <summary>The lowest member that is not below <paramref name="from"/>, or -1.</summary>
    internal static int Next(ReadOnlySpan<ulong> set, int from)
    {
        int i = from >> 6;
        if (i >= set.Length)
        {
            return -1;
        }

        ulong word = set[i] & (ulong.MaxValue << (from & 63));
        while (word == 0)
        {
            if (++i == set.Length)
            {
                return -1;
            }

            word = set[i];
        }

        return i * WordBits + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>The lowest member that is not below <paramref name="from"/> nor in the other set, or -1.</summary>
    internal static int NextOutside(ReadOnlySpan<ulong> set, ReadOnlySpan<ulong> other, int from)
    {
        int i = from >> 6;
        ulong word = set[i] & ~other[i] & (ulong.MaxValue << (from & 63));
        while (word == 0)
        {
            if (++i == set.Length)
            {
                return -1;
            }

            word = set[i] & ~other[i];
        }

        return i * WordBits + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>
    /// Adds all numbers from <paramref name="start"/> up to, but not including, <paramref name="end"/>.
    /// </summary>
    internal static void AddRange(Span<ulong> set, int start, int end)
    {
        if (start >= end)
        {
            return;
        }

        int first = start >> 6;
        int last = (end - 1) >> 6;
        ulong head = ulong.MaxValue << (start & 63);
        ulong tail = ulong.MaxValue >> (63 - ((end - 1) & 63));
        if (first == last)
        {
            set[first] |= head & tail;
            return;
        }

        set[first] |= head;
        set[(first + 1)..last].Fill(ulong.MaxValue);
        set[last] |= tail;
    }
}
