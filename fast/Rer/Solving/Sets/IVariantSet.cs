namespace Rer.Solving.Sets;

/// <summary>
/// A set of variants of few words, as stored in the joined tables. Extraction and reduction are written once for all
/// widths, and compiled for each.
/// </summary>
/// <typeparam name="TSet">The type itself.</typeparam>
internal interface IVariantSet<TSet>
    where TSet : struct, IVariantSet<TSet>
{
    /// <summary>The length of a set in the joined tables, in words.</summary>
    static abstract int Width { get; }

    /// <summary>The set with no members.</summary>
    static abstract TSet Empty { get; }

    /// <summary>Reads a set from a joined table.</summary>
    static abstract TSet At(ulong[] table, int at);

    /// <summary>
    /// Reads a set of at most <see cref="Width"/> words, after which other sets may follow. As many words as the width
    /// must be there.
    /// </summary>
    static abstract TSet Part(ulong[] table, int at, int words);

    /// <summary>A set whose members are all in the first word.</summary>
    static abstract TSet OfWord(ulong word);

    /// <summary>The first word.</summary>
    ulong First { get; }

    /// <summary>Whether it has no members.</summary>
    bool IsEmpty { get; }

    /// <summary>The intersection of both sets.</summary>
    TSet And(TSet other);

    /// <summary>The union of both sets if a condition holds; otherwise this set.</summary>
    TSet OrIf(bool condition, TSet other);

    /// <summary>The members of this set that are not in the other.</summary>
    TSet Without(TSet other);

    /// <summary>Writes its words.</summary>
    void CopyTo(Span<ulong> words);
}
