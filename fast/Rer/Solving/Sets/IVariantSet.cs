namespace Rer.Solving.Sets;

/// <summary>
/// A set of variants of few words, as the joined tables hold it: what extraction and reduction do with sets of one width
/// and another is written once, and compiled for each.
/// </summary>
/// <typeparam name="TSet">The type itself.</typeparam>
internal interface IVariantSet<TSet>
    where TSet : struct, IVariantSet<TSet>
{
    /// <summary>The length of a set in the joined tables, in words.</summary>
    static abstract int Width { get; }

    /// <summary>The set with no members.</summary>
    static abstract TSet Empty { get; }

    /// <summary>A set of a joined table.</summary>
    static abstract TSet At(ulong[] table, int at);

    /// <summary>A set whose members are all in the first word.</summary>
    static abstract TSet OfWord(ulong word);

    /// <summary>A set of at most as many words.</summary>
    static abstract TSet Of(ReadOnlySpan<ulong> words);

    /// <summary>The first word.</summary>
    ulong First { get; }

    /// <summary>Whether it has no members.</summary>
    bool IsEmpty { get; }

    /// <summary>What is in both.</summary>
    TSet And(TSet other);

    /// <summary>What is in either, if a condition holds; this set if it does not.</summary>
    TSet OrIf(bool condition, TSet other);

    /// <summary>What is in this one alone.</summary>
    TSet Without(TSet other);

    /// <summary>Writes its words.</summary>
    void CopyTo(Span<ulong> words);
}
