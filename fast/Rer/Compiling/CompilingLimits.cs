namespace Rer.Compiling;

/// <summary>The size up to which a family is compiled to what is fastest for small families.</summary>
/// <param name="FewWords">Up to this number of words, sets of variants are stored in full. For wider families, rows are
/// stored as runs and holders as stretches, which do not grow with the width of the family.</param>
/// <param name="FewRanges">Below this number of ranges for one family, each is examined.</param>
internal sealed record CompilingLimits(int FewWords, int FewRanges)
{
    internal static CompilingLimits Default { get; } = new(16, 16);

    /// <summary>No family counts as small, so that all are compiled as wide families are.</summary>
    internal static CompilingLimits None { get; } = new(0, 2);
}
