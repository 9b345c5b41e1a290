using Rer.Compiling;

namespace Rer.Solving.Sets;

/// <summary>
/// Technique: live window. The versions that are left of a wide family soon stand close together. Only the words from
/// the first of them to the last are looked at. PERF: LiveWindow ×1.01 on the 188 and on the studio book, which have few
/// families as wide as that; it is for those of thousands of versions.
/// </summary>
/// <param name="words">The words of a set from a word on; before and after that it has no members.</param>
/// <param name="start">That word.</param>
internal readonly ref struct LivePart(ReadOnlySpan<ulong> words, int start)
{
    // Looking at so few words is faster than finding out which of them matter.
    private const int Few = 4;

    /// <summary>The words.</summary>
    internal ReadOnlySpan<ulong> Words { get; } = words;

    /// <summary>The first of them.</summary>
    internal int Start { get; } = start;

    /// <summary>The first member of the set.</summary>
    internal int First => Start * Bits.WordBits + Bits.First(Words);

    /// <summary>The last member of the set.</summary>
    internal int Last => Start * Bits.WordBits + Bits.Last(Words);

    /// <summary>The live part of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="switches">Whether it is looked for.</param>
    internal static LivePart Of(ReadOnlySpan<ulong> set, EngineSwitches switches)
    {
        if (set.Length <= Few || !switches.LiveWindow)
        {
            return new LivePart(set, 0);
        }

        (int start, int length) = Bits.Window(set);
        return new LivePart(set.Slice(start, length), start);
    }

    /// <summary>The same part of another set of the family's variants.</summary>
    internal ReadOnlySpan<ulong> PartOf(ReadOnlySpan<ulong> set) => set.Slice(Start, Words.Length);
}
