namespace Rer.Insights.Text;

/// <summary>Finds the name that a mistyped name may mean.</summary>
internal static class Spelling
{
    /// <summary>
    /// The name that differs least; null if none is close. A name may differ only in case or in <c>_</c>, <c>-</c> and
    /// <c>.</c>. Otherwise one letter in a short name, or two in a long name, may be wrong, missing, superfluous or
    /// swapped.
    /// </summary>
    public static string? Nearest(string typed, IEnumerable<string> names)
    {
        string bare = Bare(typed);
        int allowed = typed.Length < 6 ? 1 : 2;
        return names
            .Where(name => Math.Abs(name.Length - typed.Length) <= allowed + 2)
            .Select(name => (Name: name, Distance: Bare(name) == bare ? 0 : Distance(typed, name)))
            .Where(candidate => candidate.Distance <= allowed)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>
    /// The longest name that a text starts with, ignoring case and <c>_</c>, <c>-</c> and <c>.</c>. The name must not
    /// end in the middle of a word of the text. Null if there is none.
    /// </summary>
    public static string? SameWhole(string typed, IEnumerable<string> names)
    {
        int[] ends =
        [
            .. Enumerable.Range(1, typed.Length).Where(i => i == typed.Length || typed[i] is '_' or '-' or '.'),
        ];
        HashSet<string> beginnings = [.. ends.Select(end => Bare(typed[..end]))];
        return names
            .Where(name => beginnings.Contains(Bare(name)))
            .OrderByDescending(name => name.Length)
            .ThenBy(name => name, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static string Bare(string name) =>
        string.Concat(name.ToLowerInvariant().Where(c => c is not ('_' or '-' or '.')));

    /// <summary>
    /// The number of letters to insert, remove, replace, or swap with the next (restricted Damerau–Levenshtein
    /// distance).
    /// </summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }
        for (int j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }
        return rows[a.Length, b.Length];
    }
}
