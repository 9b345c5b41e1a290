using Rer.Insights.Impacts;
using Rer.Insights.Reports;

namespace Rer.Insights;

/// <summary>
/// Writes the effect of a change in the Static Analysis Results Interchange Format (SARIF) 2.1.0, which code review
/// tools read. There is one result for each request whose outcome changes.
/// </summary>
public static class ImpactSarif
{
    private static readonly Dictionary<ImpactKind, SarifRule> s_rules = new()
    {
        [ImpactKind.NewlyFailing] = Rule(ImpactKind.NewlyFailing, "error", "The request no longer resolves."),
        [ImpactKind.Undecided] = Rule(
            ImpactKind.Undecided,
            "warning",
            "The solve before or after the change gave up after too many failed steps."
        ),
        [ImpactKind.Changed] = Rule(ImpactKind.Changed, "note", "The request resolves to something else."),
        [ImpactKind.NewlySolving] = Rule(
            ImpactKind.NewlySolving,
            "note",
            "The request did not resolve before, but does now."
        ),
    };

    /// <summary>Writes a report as one indented JSON object and a line break.</summary>
    public static void Write(ImpactReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        new SarifLog(
            [.. s_rules.Values],
            report
                .Requests.Where(request => request.Kind != ImpactKind.Unchanged)
                .OrderBy(request => ImpactWords.Rank(request.Kind))
                .Select(request => ResultOf(request, report))
        ).Write(output);
    }

    private static SarifResult ResultOf(RequestImpact impact, ImpactReport report)
    {
        SarifRule rule = s_rules[impact.Kind];
        string request = string.Join(' ', impact.Request.Request);
        return new SarifResult(
            rule,
            $"{request}: {ImpactWords.Summary(impact, report)}",
            request,
            "request",
            $"{rule.Id}:{request}",
            impact.Request.Path,
            impact.Request.Line
        );
    }

    private static SarifRule Rule(ImpactKind kind, string level, string description) =>
        new(ImpactWords.OfKind(kind), level, description);
}
