namespace Rer.Compiling;

/// <summary>
/// A set of variants by the words from its first member to its last: what a requirement of a few neighbouring versions
/// holds of a wide family.
/// </summary>
/// <param name="start">The first of the words.</param>
/// <param name="words">The words.</param>
internal readonly ref struct Stretch(int start, ReadOnlySpan<ulong> words)
{
    private readonly ReadOnlySpan<ulong> _words = words;

    /// <summary>Whether it has a member in common with a set, given from a word on.</summary>
    internal bool Intersects(ReadOnlySpan<ulong> set, int from)
    {
        int low = Math.Max(start, from);
        int high = Math.Min(start + _words.Length, from + set.Length);
        for (int i = low; i < high; i++)
        {
            if ((set[i - from] & _words[i - start]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds its members to a set, given from a word on; those that stand outside of that are left out.</summary>
    internal void AddTo(Span<ulong> set, int from)
    {
        int low = Math.Max(start, from);
        int high = Math.Min(start + _words.Length, from + set.Length);
        for (int i = low; i < high; i++)
        {
            set[i - from] |= _words[i - start];
        }
    }

    /// <summary>The least of the numbers that its members have.</summary>
    internal int Least(ReadOnlySpan<int> numbers)
    {
        int least = int.MaxValue;
        foreach (int member in Bits.Members(_words))
        {
            least = Math.Min(least, numbers[start * Bits.WordBits + member]);
        }

        return least;
    }

    internal bool Contains(int bit)
    {
        int word = (bit >> 6) - start;
        return (uint)word < (uint)_words.Length && (_words[word] >> (bit & 63) & 1) != 0;
    }
}
