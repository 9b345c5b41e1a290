using Rer.Insights.Explaining;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>The reasons for a package, as text.</summary>
internal static class ReasonsText
{
    /// <summary>Writes the reasons.</summary>
    public static void Write(Reasons reasons, Terminal terminal)
    {
        terminal.WriteLine(reasons.Package.ToString(), Styles.Heading);
        terminal.WriteLine("");
        terminal.WriteLine("pulled in by:", Styles.Heading);
        foreach (IReadOnlyList<string> path in reasons.Paths)
        {
            terminal.WriteLine("  " + string.Join(" --> ", path));
        }
        if (reasons.HasMorePaths)
        {
            terminal.WriteLine("  and more", Styles.Faint);
        }
        WriteAlternatives("why not another version:", reasons.Versions, terminal);
        WriteAlternatives("why not another variant:", reasons.Variants, terminal);
        ExplanationText.WriteUnreadable(reasons.Unreadable, terminal);
    }

    /// <summary>Writes alternatives, grouped by reason.</summary>
    private static void WriteAlternatives(string heading, IReadOnlyList<Alternative> alternatives, Terminal terminal)
    {
        if (alternatives.Count == 0)
        {
            return;
        }
        terminal.WriteLine("");
        terminal.WriteLine(heading, Styles.Heading);
        foreach (
            IGrouping<string, Alternative> group in alternatives.GroupBy(alternative =>
                FindingText.Of(alternative.Finding)
            )
        )
        {
            string packages = string.Join(", ", group.Select(alternative => alternative.Package));
            terminal.WriteLine($"  {packages}: {group.Key}");
        }
    }
}
