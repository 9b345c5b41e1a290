using System.Globalization;
using System.Text;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>Shows an audit as a page.</summary>
public static class AuditPage
{
    private const int ShownPackages = 40;

    /// <summary>Creates the page of an audit.</summary>
    /// <param name="report">The audit.</param>
    /// <param name="places">Where the packages are, for the title.</param>
    public static ReportPage Of(AuditReport report, string places)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new ReportPage(
            $"audit of {places}",
            report.HasProblems ? "something is wrong" : "nothing is wrong",
            [
                new ReportFact("families", Number(report.Counts.Families)),
                new ReportFact("packages", Number(report.Counts.Packages)),
                new ReportFact("resolves", Number(report.Counts.Resolves)),
                .. AuditRule
                    .All.Select(rule => new ReportFact(rule.Id, Number(report.Findings.Count(f => f.Rule == rule))))
                    .Where(fact => fact.Value != "0"),
                .. report.Counts.Known == 0
                    ? []
                    : (ReportFact[])[new ReportFact("already in the baseline", Number(report.Counts.Known))],
            ],
            [Causes(report), Findings(report)]
        );
    }

    private static ReportTable Causes(AuditReport report)
    {
        ILookup<AuditCause, AuditFinding> findings = report.Findings.ToLookup(finding => finding.Cause);
        return new ReportTable(
            "causes",
            [
                new ReportColumn("level", ReportColumnKind.Choice),
                new ReportColumn("rule", ReportColumnKind.Choice),
                new ReportColumn("findings", ReportColumnKind.Number),
                new ReportColumn("cause", ReportColumnKind.Name),
                new ReportColumn("since", ReportColumnKind.Name),
            ],
            [.. report.Causes.Select(cause => Row(cause, [.. findings[cause]]))]
        );
    }

    private static ReportRow Row(AuditCause cause, AuditFinding[] findings)
    {
        var detail = new StringBuilder();
        if (cause.Core.Count > 0)
        {
            detail.Append(cause.IsMinimal ? "these contradict each other:\n" : "the contradiction is among these:\n");
            detail.AppendJoin("", cause.Core.Select(line => $"  {line}\n"));
            detail.Append(
                CultureInfo.InvariantCulture,
                $"{findings[0].Package}, in rez's words: {findings[0].Message}\n"
            );
        }
        if (cause.Break is { } since)
        {
            detail.Append(
                CultureInfo.InvariantCulture,
                $"since {ReleaseTime.Of(since.Time)}: {since.Example} resolves with what was released before, and not with {string.Join(", ", since.Packages)}\n"
            );
        }
        detail.AppendJoin('\n', findings.Take(ShownPackages).Select(finding => finding.Package));
        if (findings.Length > ShownPackages)
        {
            detail.Append(CultureInfo.InvariantCulture, $"\nand {findings.Length - ShownPackages} more");
        }
        return new ReportRow(
            [
                findings[0].Rule.LevelName,
                findings[0].Rule.Id,
                Number(findings.Length),
                cause.Core.Count > 0 ? string.Join("; ", cause.Core) : cause.Text,
                cause.Break is { } release
                    ? $"{ReleaseTime.Of(release.Time)} {string.Join(", ", release.Packages)}"
                    : "",
            ],
            detail.ToString()
        );
    }

    private static ReportTable Findings(AuditReport report) =>
        new(
            "findings",
            [
                new ReportColumn("level", ReportColumnKind.Choice),
                new ReportColumn("rule", ReportColumnKind.Choice),
                new ReportColumn("package", ReportColumnKind.Name),
                new ReportColumn("finding"),
                new ReportColumn("place", ReportColumnKind.Name),
            ],
            [
                .. report.Findings.Select(finding => new ReportRow([
                    finding.Rule.LevelName,
                    finding.Rule.Id,
                    finding.Package,
                    finding.Message,
                    finding.Line is { } line
                        ? FormattableString.Invariant($"{finding.Path}:{line}")
                        : finding.Path ?? "",
                ])),
            ]
        );

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
