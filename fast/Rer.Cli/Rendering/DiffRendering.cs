using System.Text.Json;
using Rer.Insights.Contexts;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Shows two resolves side by side, for people and as JSON.</summary>
internal static class DiffRendering
{
    /// <summary>Writes a line for each package that differs, with how it changed.</summary>
    public static void WriteText(DiffReport report, Terminal terminal)
    {
        foreach (string note in report.Notes)
        {
            terminal.WriteErrorLine($"rer: {note}", Styles.Note);
        }
        if (report.Packages.Count == 0)
        {
            terminal.WriteLine("no packages differ");
            return;
        }
        (string Before, string After, PackageDifference? Difference)[] rows =
        [
            (report.BeforeName, report.AfterName, null),
            .. report.Packages.Select(difference => (TextOf(difference.Before), TextOf(difference.After), difference)),
        ];
        int before = rows.Max(row => row.Before.Length);
        int after = rows.Max(row => row.After.Length);
        foreach ((string left, string right, PackageDifference? difference) in rows)
        {
            string word = difference is null ? "" : DifferenceText.OfChange(difference.Change);
            terminal.WriteLine(
                $"{left.PadRight(before)}  {right.PadRight(after)}  {word}".TrimEnd(),
                difference is null ? Styles.Heading : StyleOf(difference.Change)
            );
        }
    }

    /// <summary>Writes the same as one JSON object and a line break.</summary>
    public static void WriteJson(DiffReport report, TextWriter output) =>
        JsonText.Write(
            output,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteBoolean("same", report.IsSame);
                WriteSide(writer, "before", report.BeforeName, report.Before);
                WriteSide(writer, "after", report.AfterName, report.After);
                writer.WriteStartArray("packages");
                foreach (PackageDifference difference in report.Packages)
                {
                    Write(writer, difference);
                }
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
        );

    private static void WriteSide(Utf8JsonWriter writer, string name, string file, ResolvedContext context)
    {
        writer.WriteStartObject(name);
        writer.WriteString("file", file);
        writer.WriteString("status", context.Status);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PackageDifference difference)
    {
        writer.WriteStartObject();
        writer.WriteDifference(difference);
        writer.WriteEndObject();
    }

    private static string TextOf(ResolvedPackage? package) => VisibleText.OfLine(package?.ToString() ?? "-");

    private static Style? StyleOf(PackageChange change) =>
        change switch
        {
            PackageChange.Newer or PackageChange.Added => Styles.Good,
            PackageChange.Older or PackageChange.Removed => Styles.Critical,
            _ => (Style?)null,
        };
}
