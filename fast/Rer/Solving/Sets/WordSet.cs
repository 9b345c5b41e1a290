using System.Runtime.CompilerServices;

namespace Rer.Solving.Sets;

/// <summary>A set of one word, in a register.</summary>
internal readonly struct WordSet(ulong word) : IVariantSet<WordSet>
{
    private readonly ulong _word = word;

    /// <inheritdoc />
    public static int Width => 1;

    /// <inheritdoc />
    public static WordSet Empty => default;

    /// <inheritdoc />
    public ulong First => _word;

    /// <inheritdoc />
    public bool IsEmpty => _word == 0;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordSet At(ulong[] table, int at) => new(table[at]);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordSet Part(ulong[] table, int at, int words) => new(table[at]);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordSet OfWord(ulong word) => new(word);

    /// <inheritdoc />
    public WordSet And(WordSet other) => new(_word & other._word);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WordSet OrIf(bool condition, WordSet other) => new(_word | (other._word & (0UL - (condition ? 1UL : 0UL))));

    /// <inheritdoc />
    public WordSet Without(WordSet other) => new(_word & ~other._word);

    /// <inheritdoc />
    public void CopyTo(Span<ulong> words) => words[0] = _word;
}
