using System.Globalization;
using System.Text;
using Rer.Insights.Contexts;
using Rer.Insights.Impacts;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>
/// Shows the effect of a change as a page: why requests newly fail, the changes by package for those who release, and
/// every request for its owner.
/// </summary>
public static class ImpactPage
{
    private const int ShownRequests = 40;

    /// <summary>Creates the page of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="change">The change, for the title.</param>
    public static ReportPage Of(ImpactReport report, string change)
    {
        ArgumentNullException.ThrowIfNull(report);
        int failing = report.Count(ImpactKind.NewlyFailing);
        return new ReportPage(
            $"impact: {change}",
            failing > 0 ? $"{Names.Count(failing, "request")} newly failing"
                : report.Count(ImpactKind.Unchanged) == report.Requests.Count ? "nothing changes"
                : "nothing newly fails",
            [
                new ReportFact("requests", Number(report.Requests.Count)),
                .. Enum.GetValues<ImpactKind>()
                    .OrderBy(ImpactWords.Rank)
                    .Select(kind => new ReportFact(WordOf(kind), Number(report.Count(kind)))),
            ],
            [Failures(report), Packages(report), Requests(report)]
        );
    }

    private static ReportTable Failures(ImpactReport report) =>
        new(
            "failures",
            [
                new ReportColumn("requests", ReportColumnKind.Number),
                new ReportColumn("what contradicts", ReportColumnKind.Name),
                new ReportColumn("in rez's words", ReportColumnKind.Name),
            ],
            [
                .. report
                    .Requests.Where(request => request.Kind == ImpactKind.NewlyFailing)
                    .GroupBy(request => request.FailureDescription ?? "")
                    .OrderByDescending(group => group.Count())
                    .Select(group => new ReportRow(
                        [
                            Number(group.Count()),
                            report.Failures.TryGetValue(group.Key, out IReadOnlyList<Demand>? core)
                                ? string.Join("; ", core.Select(ImpactWords.Of))
                                : "",
                            group.Key.Split('\n')[0],
                        ],
                        $"{group.Key}\n{Listing([.. group])}"
                    )),
            ],
            "no request newly fails"
        );

    private static ReportTable Packages(ImpactReport report)
    {
        ILookup<PackageDifference, RequestImpact> requests = report
            .Requests.SelectMany(request => request.Packages.Select(change => (change.Difference, request)))
            .ToLookup(pair => pair.Difference, pair => pair.request);
        return new ReportTable(
            "packages",
            [
                new ReportColumn("requests", ReportColumnKind.Number),
                new ReportColumn("change", ReportColumnKind.Choice),
                new ReportColumn("before", ReportColumnKind.Name),
                new ReportColumn("after", ReportColumnKind.Name),
                new ReportColumn("what decided it, in the first request", ReportColumnKind.Name),
            ],
            [
                .. report.Packages.Select(package => new ReportRow(
                    [
                        Number(package.RequestCount),
                        DifferenceText.OfChange(package.Difference.Change),
                        ImpactWords.Side(package.Difference.Before),
                        ImpactWords.Side(package.Difference.After),
                        ImpactWords.Listing(package.Causes),
                    ],
                    $"{string.Join('\n', package.Causes)}\n{Listing([.. requests[package.Difference]])}".TrimStart('\n')
                )),
            ],
            "no package changes"
        );
    }

    private static ReportTable Requests(ImpactReport report) =>
        new(
            "requests",
            [
                new ReportColumn("impact", ReportColumnKind.Choice),
                new ReportColumn("from", ReportColumnKind.Name),
                new ReportColumn("request", ReportColumnKind.Name),
                new ReportColumn("what changes", ReportColumnKind.Name),
            ],
            [
                .. report
                    .Requests.OrderBy(request => ImpactWords.Rank(request.Kind))
                    .Select(request => new ReportRow(
                        [
                            WordOf(request.Kind),
                            request.Request.Name,
                            string.Join(' ', request.Request.Request),
                            ImpactWords.Summary(request, report),
                        ],
                        DetailOf(request)
                    )),
            ]
        );

    /// <summary>
    /// The packages of a request that change, without the causes. Those are in the table of packages, and would be
    /// repeated thousands of times here.
    /// </summary>
    private static string DetailOf(RequestImpact request) =>
        request.Kind switch
        {
            ImpactKind.Changed => string.Join(
                '\n',
                request.Packages.Select(change => ImpactWords.Of(change.Difference))
            ),
            ImpactKind.NewlyFailing => request.FailureDescription ?? "",
            _ => "",
        };

    private static string Listing(IReadOnlyList<RequestImpact> requests)
    {
        var listing = new StringBuilder();
        foreach (RequestImpact request in requests.Take(ShownRequests))
        {
            listing.Append(
                CultureInfo.InvariantCulture,
                $"  {request.Request.Name}: {string.Join(' ', request.Request.Request)}\n"
            );
        }
        if (requests.Count > ShownRequests)
        {
            listing.Append(CultureInfo.InvariantCulture, $"  and {requests.Count - ShownRequests} more\n");
        }
        return listing.ToString().TrimEnd('\n');
    }

    private static string WordOf(ImpactKind kind) => ImpactWords.OfKind(kind).Replace('-', ' ');

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
