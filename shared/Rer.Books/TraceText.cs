using System.Text.RegularExpressions;

namespace Rer.Books;

/// <summary>Normalises the log that rez prints, so that two logs of the same solve are equal.</summary>
public static partial class TraceText
{
    /// <summary>
    /// The lines of a log without anything that depends on chance: trailing blanks, the final statistics (they contain
    /// timings), and the order of the families in a split's reason (rez joins a set).
    /// </summary>
    public static IReadOnlyList<string> Normalise(string log)
    {
        ArgumentNullException.ThrowIfNull(log);
        List<string> lines = [.. log.ReplaceLineEndings("\n").Split('\n').Select(NormaliseLine)];
        int end = lines.FindIndex(line => line.StartsWith("SOLVE STATS", StringComparison.Ordinal));
        if (end >= 0)
        {
            lines.RemoveRange(end, lines.Count - end);
        }
        while (lines is [.., ""])
        {
            lines.RemoveAt(lines.Count - 1);
        }
        return lines;
    }

    private static string NormaliseLine(string line) =>
        SplitReason()
            .Replace(
                line.TrimEnd(),
                match =>
                {
                    string[] families = match.Groups[1].Value.Split(", ");
                    Array.Sort(families, StringComparer.Ordinal);
                    return $"split (reason: {string.Join(", ", families)})";
                }
            );

    [GeneratedRegex(@"split \(reason: ([^)]*)\)")]
    private static partial Regex SplitReason();
}
