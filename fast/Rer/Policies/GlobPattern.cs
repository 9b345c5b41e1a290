using Rer.Versions;

namespace Rer.Policies;

/// <summary>
/// Parses a shell pattern as Python's <c>fnmatch.translate</c> does: <c>*</c>, <c>?</c> and <c>[...]</c>.
/// </summary>
internal static class GlobPattern
{
    // The complement of the empty set is everything, including newlines.
    private static readonly CharacterSet s_anything = new(negated: true);

    /// <summary>Parses a pattern, which matches whole names. Every text is a valid pattern.</summary>
    public static NamePattern Parse(string pattern)
    {
        ReadOnlySpan<int> text = PythonText.CodePoints(pattern);
        List<PatternPart> parts = [];
        for (int i = 0; i < text.Length; i++)
        {
            parts.Add(
                text[i] switch
                {
                    '*' => new(PatternPartKind.Characters, s_anything, 0, int.MaxValue),
                    '?' => new(PatternPartKind.Characters, s_anything),
                    '[' when FindSetEnd(text, i + 1) is var end and >= 0 => ReadSet(text, ref i, end),
                    var literal => new(PatternPartKind.Characters, new CharacterSet(literal)),
                }
            );
        }

        parts.Add(new(PatternPartKind.End));
        return new([parts]);
    }

    /// <summary>
    /// Finds the bracket that closes a set; -1 if there is none. A bracket in first place, or first after <c>!</c>,
    /// belongs to the set.
    /// </summary>
    private static int FindSetEnd(ReadOnlySpan<int> text, int start)
    {
        int at = start;
        if (at < text.Length && text[at] == '!')
        {
            at++;
        }

        if (at < text.Length && text[at] == ']')
        {
            at++;
        }

        int length = at < text.Length ? text[at..].IndexOf(']') : -1;
        return length < 0 ? -1 : at + length;
    }

    private static PatternPart ReadSet(ReadOnlySpan<int> text, ref int at, int end)
    {
        List<List<int>> chunks = SplitAtRanges(text[(at + 1)..end]);
        DropEmptyRanges(chunks);
        at = end;

        // After ranges are dropped, the rest may start with `!`. Python then treats it as a negation too.
        bool negated = chunks[0] is ['!', ..];
        if (negated)
        {
            chunks[0].RemoveAt(0);
        }

        CharacterSet set = new(negated);
        for (int i = 0; i < chunks.Count; i++)
        {
            foreach (int codePoint in chunks[i])
            {
                set.Add(codePoint, codePoint);
            }

            if (i > 0)
            {
                // Only `!` stood before the hyphen, so the hyphen now has nothing before it and is a plain character.
                int first = chunks[i - 1] is [.., var last] ? last : '-';
                set.Add(first, chunks[i - 1].Count != 0 ? chunks[i][0] : first);
            }
        }

        return new(PatternPartKind.Characters, set);
    }

    /// <summary>
    /// Splits a set at the hyphens that form ranges, which are those with a character of their own before and after.
    /// </summary>
    private static List<List<int>> SplitAtRanges(ReadOnlySpan<int> set)
    {
        List<List<int>> chunks = [];
        int start = 0;
        int from = set[0] == '!' ? 2 : 1;
        while (from < set.Length && set[from..].IndexOf('-') is var length and >= 0)
        {
            chunks.Add([.. set[start..(from + length)]]);
            start = from + length + 1;
            from += length + 3;
        }

        if (start < set.Length)
        {
            chunks.Add([.. set[start..]]);
        }
        else
        {
            chunks[^1].Add('-');
        }

        return chunks;
    }

    /// <summary>Drops ranges that end before they begin, together with both their ends.</summary>
    private static void DropEmptyRanges(List<List<int>> chunks)
    {
        for (int i = chunks.Count - 1; i > 0; i--)
        {
            if (chunks[i - 1][^1] > chunks[i][0])
            {
                chunks[i - 1].RemoveAt(chunks[i - 1].Count - 1);
                chunks[i - 1].AddRange(chunks[i].Skip(1));
                chunks.RemoveAt(i);
            }
        }
    }
}
