using Rer.Versions;

namespace Rer.Policies;

/// <summary>Reads a shell pattern as Python's <c>fnmatch.translate</c> does: <c>*</c>, <c>?</c> and <c>[...]</c>.</summary>
internal static class GlobPattern
{
    // Everything, newlines included, is what lies outside of nothing.
    private static readonly CharacterSet Anything = new(negated: true);

    /// <summary>Reads a pattern. It matches whole names. Every text is a pattern.</summary>
    public static NamePattern Parse(string pattern)
    {
        ReadOnlySpan<int> text = PythonText.CodePoints(pattern);
        List<PatternPart> parts = [];
        for (int i = 0; i < text.Length; i++)
        {
            parts.Add(
                text[i] switch
                {
                    '*' => new(PatternPartKind.Characters, Anything, 0, int.MaxValue),
                    '?' => new(PatternPartKind.Characters, Anything),
                    '[' when FindSetEnd(text, i + 1) is var end and >= 0 => ReadSet(text, ref i, end),
                    var literal => new(PatternPartKind.Characters, new CharacterSet(literal)),
                }
            );
        }

        parts.Add(new(PatternPartKind.End));
        return new([parts]);
    }

    /// <summary>Where the bracket closes: one that comes first, or first after <c>!</c>, is of the set. Else -1.</summary>
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

        // What is left over may begin with `!` only now, and Python negates then, too.
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
                // After the `!` alone the hyphen has lost what it stood after, and is one.
                int first = chunks[i - 1] is [.., var last] ? last : '-';
                set.Add(first, chunks[i - 1].Count != 0 ? chunks[i][0] : first);
            }
        }

        return new(PatternPartKind.Characters, set);
    }

    /// <summary>Splits a set at the hyphens that make ranges: those with a character before and after of their own.</summary>
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

    /// <summary>Drops ranges that end before they begin, with both their ends.</summary>
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
