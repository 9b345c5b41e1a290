using Rer.Compiling;

namespace Rer.Solving.Sets;

/// <summary>
/// Technique: live window. The remaining versions of a wide family are soon close together. Only the words from the
/// first to the last of them are examined. PERF: LiveWindow ×1.11 on generated families of 2,000 versions, ×1.09 if
/// each has ranges of its own; ×1.11 and ×1.05 if they are compiled as solves reach them
/// (<c>tests/Rer.Benchmarks --wide LiveWindow</c>, 2026-11-29). On the 188 and the studio book, which have few families
/// as wide as that, ×0.99 to ×1.01, steady and in a first pass.
/// </summary>
/// <param name="words">The words of a set, starting at a given word. The set has no members before or after
/// them.</param>
/// <param name="start">The index of that word.</param>
internal readonly ref struct LivePart(ReadOnlySpan<ulong> words, int start)
{
    // Up to this count, examining all words is faster than finding out which of them matter.
    private const int Few = 4;

    /// <summary>The words of the live part.</summary>
    internal ReadOnlySpan<ulong> Words { get; } = words;

    /// <summary>The index of the first word.</summary>
    internal int Start { get; } = start;

    /// <summary>The first member of the set.</summary>
    internal int First => Start * Bits.WordBits + Bits.First(Words);

    /// <summary>The last member of the set.</summary>
    internal int Last => Start * Bits.WordBits + Bits.Last(Words);

    /// <summary>The live part of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="switches">Whether to search for it.</param>
    internal static LivePart Of(ReadOnlySpan<ulong> set, EngineSwitches switches)
    {
        if (set.Length <= Few || !switches.LiveWindow)
        {
            return new LivePart(set, 0);
        }

        (int start, int length) = Bits.Window(set);
        return new LivePart(set.Slice(start, length), start);
    }

    /// <summary>The corresponding part of another set of the family's variants.</summary>
    internal ReadOnlySpan<ulong> PartOf(ReadOnlySpan<ulong> set) => set.Slice(Start, Words.Length);
}
