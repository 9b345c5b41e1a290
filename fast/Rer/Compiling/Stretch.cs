namespace Rer.Compiling;

/// <summary>
/// A set of variants as the words from its first member to its last. It is used for the holders of a requirement that a
/// few neighbouring versions of a wide family have.
/// </summary>
/// <param name="start">The index of the first word.</param>
/// <param name="words">The words.</param>
internal readonly ref struct Stretch(int start, ReadOnlySpan<ulong> words)
{
    private readonly ReadOnlySpan<ulong> _words = words;

    /// <summary>Whether it has a member in common with a set that starts at a given word.</summary>
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

    /// <summary>
    /// Adds its members to a set that starts at a given word. Members outside the set's words are left out.
    /// </summary>
    internal void AddTo(Span<ulong> set, int from)
    {
        int low = Math.Max(start, from);
        int high = Math.Min(start + _words.Length, from + set.Length);
        for (int i = low; i < high; i++)
        {
            set[i - from] |= _words[i - start];
        }
    }

    /// <summary>The smallest of the numbers assigned to its members.</summary>
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
