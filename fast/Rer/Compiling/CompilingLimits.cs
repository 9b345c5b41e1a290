namespace Rer.Compiling;

/// <summary>Up to which size a family is compiled to what is quickest for small ones.</summary>
/// <param name="FewWords">Up to so many words, sets of variants are kept whole; beyond, rows as runs and holders as
/// stretches, which do not grow with the width of the family.</param>
/// <param name="FewRanges">Below so many ranges on one family, they are looked at one by one.</param>
internal sealed record CompilingLimits(int FewWords, int FewRanges)
{
    internal static CompilingLimits Default { get; } = new(16, 16);

    /// <summary>No family is small: what otherwise only wide families are made of is everywhere.</summary>
    internal static CompilingLimits None { get; } = new(0, 2);
}
