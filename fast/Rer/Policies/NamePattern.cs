using Rer.Versions;

namespace Rer.Policies;

/// <summary>What a position of a pattern matches.</summary>
internal enum PatternPartKind
{
    /// <summary>A number of characters from a set.</summary>
    Characters,

    /// <summary>The beginning: <c>^</c> and <c>\A</c>.</summary>
    Start,

    /// <summary>The end, or before a newline at the end of the text: <c>$</c>.</summary>
    EndOrFinalNewline,

    /// <summary>The end: <c>\Z</c>.</summary>
    End,

    /// <summary>Between a word character and another character: <c>\b</c>.</summary>
    WordBoundary,

    /// <summary>Anywhere that is not a word boundary: <c>\B</c>.</summary>
    NotWordBoundary,
}

/// <summary>One position of a pattern.</summary>
/// <param name="Kind">What it matches.</param>
/// <param name="Set">The characters that it accepts, if it accepts any.</param>
/// <param name="Min">The minimum number of characters.</param>
/// <param name="Max">The maximum number of characters.</param>
/// <param name="Possessive">Whether it takes as many characters as possible and never gives any back.</param>
internal readonly record struct PatternPart(
    PatternPartKind Kind,
    CharacterSet? Set = null,
    int Min = 1,
    int Max = 1,
    bool Possessive = false
);

/// <summary>A regular expression without groups, matched at the start of a name.</summary>
/// <remarks>
/// rez's rule syntax leaves no room for parentheses, so an expression consists of alternatives, and each alternative is
/// a plain sequence. Matching such a sequence needs no backtracking: one set holds all positions reached after each
/// part. The cost is the length of the pattern times the length of the name, for every pattern.
/// </remarks>
internal sealed class NamePattern(IReadOnlyList<IReadOnlyList<PatternPart>> alternatives)
{
    /// <summary>Whether a name begins with a match of the pattern: Python's <c>re.match</c>.</summary>
    public bool Matches(string name)
    {
        int[] text = PythonText.CodePoints(name);
        foreach (IReadOnlyList<PatternPart> parts in alternatives)
        {
            if (Matches(parts, text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(IReadOnlyList<PatternPart> parts, int[] text)
    {
        bool[] reached = new bool[text.Length + 1];
        bool[] next = new bool[text.Length + 1];
        reached[0] = true;
        foreach (PatternPart part in parts)
        {
            bool any =
                part.Kind == PatternPartKind.Characters
                    ? Advance(part, text, reached, next)
                    : Keep(part.Kind, text, reached, next);
            if (!any)
            {
                return false;
            }

            (reached, next) = (next, reached);
        }

        return true;
    }

    /// <summary>Advances from each reached position by every number of characters that the part allows.</summary>
    private static bool Advance(in PatternPart part, int[] text, bool[] reached, bool[] next)
    {
        Array.Clear(next);
        bool any = false;
        int runEnd = 0; // where the run of accepted characters ends that starts at the position
        int marked = 0; // all positions before this one are decided
        for (int i = 0; i <= text.Length; i++)
        {
            if (!reached[i])
            {
                continue;
            }

            for (runEnd = Math.Max(runEnd, i); runEnd < text.Length && part.Set!.Contains(text[runEnd]); )
            {
                runEnd++;
            }

            int last = (int)Math.Min((long)i + part.Max, runEnd);
            long first = part.Possessive ? last : Math.Max((long)i + part.Min, marked);
            if ((long)i + part.Min > last)
            {
                continue;
            }

            any = true;
            for (long p = first; p <= last; p++)
            {
                next[p] = true;
            }

            marked = part.Possessive ? marked : last + 1;
        }

        return any;
    }

    private static bool Keep(PatternPartKind kind, int[] text, bool[] reached, bool[] next)
    {
        bool any = false;
        for (int i = 0; i <= text.Length; i++)
        {
            next[i] = reached[i] && Holds(kind, text, i);
            any |= next[i];
        }

        return any;
    }

    private static bool Holds(PatternPartKind kind, int[] text, int at) =>
        kind switch
        {
            PatternPartKind.Start => at == 0,
            PatternPartKind.End => at == text.Length,
            PatternPartKind.EndOrFinalNewline => at == text.Length || (at == text.Length - 1 && text[at] == '\n'),
            PatternPartKind.WordBoundary => IsWordBoundary(text, at),
            // Python finds neither kind of boundary in an empty text.
            _ => text.Length != 0 && !IsWordBoundary(text, at),
        };

    private static bool IsWordBoundary(int[] text, int at)
    {
        bool before = at > 0 && CharacterSet.IsWord(text[at - 1]);
        bool after = at < text.Length && CharacterSet.IsWord(text[at]);
        return before != after;
    }
}
