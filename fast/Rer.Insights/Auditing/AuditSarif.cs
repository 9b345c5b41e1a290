using Rer.Insights.Reports;

namespace Rer.Insights;

/// <summary>
/// Writes an audit in the Static Analysis Results Interchange Format (SARIF) 2.1.0, which code review tools read.
/// </summary>
public static class AuditSarif
{
    /// <summary>Writes an audit as one indented JSON object and a line break.</summary>
    public static void Write(AuditReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        Dictionary<AuditRule, SarifRule> rules = AuditRule.All.ToDictionary(
            rule => rule,
            rule => new SarifRule(rule.Id, rule.LevelName, rule.Description)
        );
        new SarifLog(
            [.. rules.Values],
            report.Findings.Select(finding => ResultOf(finding, rules[finding.Rule]))
        ).Write(output);
    }

    private static SarifResult ResultOf(AuditFinding finding, SarifRule rule)
    {
        string cause = finding.Cause.Core.Count == 0 ? "" : $" ({string.Join("; ", finding.Cause.Core)})";
        return new SarifResult(
            rule,
            $"{finding.Package}: {finding.Message}{cause}",
            finding.Package,
            "package",
            finding.Fingerprint,
            finding.Path,
            finding.Line
        );
    }
}
