using System.Globalization;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Writes an audit as text: by cause, with the affected packages.</summary>
internal static class AuditText
{
    private const int ShownPackages = 6;

    /// <summary>Writes an audit.</summary>
    public static void Write(AuditReport report, Terminal terminal)
    {
        ILookup<AuditCause, AuditFinding> findings = report.Findings.ToLookup(finding => finding.Cause);
        foreach (
            IGrouping<AuditRule, AuditCause> causes in report
                .Causes.GroupBy(cause => findings[cause].First().Rule)
                .OrderByDescending(group => group.Key.Level)
        )
        {
            terminal.WriteLine(
                $"{causes.Key.LevelName}: {causes.Key.Id}: {causes.Key.Description}",
                StyleOf(causes.Key)
            );
            foreach (AuditCause cause in causes)
            {
                Write(cause, [.. findings[cause]], terminal);
            }
            terminal.WriteLine("");
        }
        terminal.WriteLine(Summary(report), report.HasProblems ? Styles.Critical : Styles.Good);
    }

    private static void Write(AuditCause cause, AuditFinding[] findings, Terminal terminal)
    {
        string count = findings.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({findings.Length})");
        terminal.WriteLine($"  {VisibleText.OfLine(CauseOf(cause, findings))}{count}", Styles.Heading);
        if (cause.Core.Count > 0)
        {
            terminal.WriteLine(
                VisibleText.OfLine($"    {findings[0].Package}, in rez's words: {findings[0].Message}"),
                Styles.Faint
            );
        }
        if (cause.Break is { } since)
        {
            terminal.WriteLine(
                $"    since {VisibleText.OfLine(string.Join(", ", since.Packages))} ({ReleaseTime.Of(since.Time)}); before that, "
                    + $"{VisibleText.OfLine(since.Example)} resolved"
            );
        }
        terminal.WriteLine($"    {VisibleText.OfLine(Listing(findings))}");
    }

    private static string CauseOf(AuditCause cause, AuditFinding[] findings) =>
        cause.Core.Count == 0 ? cause.Text
        : cause.IsMinimal ? string.Join("; ", cause.Core)
        : $"among these: {string.Join("; ", cause.Core)}";

    private static string Listing(AuditFinding[] findings)
    {
        string[] packages = [.. findings.Select(finding => finding.Package).Distinct()];
        return packages.Length <= ShownPackages
            ? string.Join(", ", packages)
            : $"{string.Join(", ", packages.Take(ShownPackages - 1))} … {packages[^1]} ({packages.Length} packages)";
    }

    private static string Summary(AuditReport report)
    {
        string known =
            report.Counts.Known == 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $", {report.Counts.Known:N0} already in the baseline");
        string Count(AuditLevel level, string noun) =>
            Names.Count(report.Findings.Count(finding => finding.Rule.Level == level), noun);
        return $"{Names.Count(report.Counts.Packages, "package")} of "
            + $"{Names.Count(report.Counts.Families, "family", "families")}, "
            + $"{Names.Count(report.Counts.Resolves, "resolve")}: {Count(AuditLevel.Error, "error")}, "
            + $"{Count(AuditLevel.Warning, "warning")}, {Count(AuditLevel.Note, "note")}{known}";
    }

    private static Style StyleOf(AuditRule rule) =>
        rule.Level switch
        {
            AuditLevel.Error => Styles.Critical,
            AuditLevel.Warning => Styles.Note,
            _ => Styles.Faint,
        };
}
