using Rer.Books;
using Rer.Cli.Checking;

namespace Rer.Cli.Rendering;

/// <summary>Writes the outcome of a check: each difference, then their number.</summary>
internal static class CheckText
{
    private const string Indentation = "              ";

    /// <summary>Writes the differences of a case; nothing if there are none.</summary>
    public static void Write(CaseReport report, Terminal terminal)
    {
        if (report.Differences.Count == 0)
        {
            return;
        }
        terminal.WriteLine(report.Title, Styles.Heading);
        foreach (Difference difference in report.Differences)
        {
            terminal.WriteLine($"  {difference.Field}");
            terminal.WriteLine($"    expected  {Indent(difference.Expected)}");
            terminal.WriteLine($"    got       {Indent(difference.Got)}", Styles.Critical);
        }
    }

    /// <summary>Writes the closing line.</summary>
    public static void WriteSummary(int cases, int differing, Terminal terminal) =>
        terminal.WriteLine($"{cases} cases, {differing} differ", differing == 0 ? Styles.Good : Styles.Critical);

    private static string Indent(string text) => text.Replace("\n", "\n" + Indentation, StringComparison.Ordinal);
}
