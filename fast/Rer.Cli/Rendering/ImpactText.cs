using System.Globalization;
using Rer.Insights.Contexts;
using Rer.Insights.Impacts;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>
/// Shows the effect of a change for people: a summary, the changes by package, and which requests newly fail or
/// resolve.
/// </summary>
internal static class ImpactText
{
    private const int ShownPackages = 40;
    private const int ShownRequests = 20;

    /// <summary>Writes a report.</summary>
    public static void Write(ImpactReport report, Terminal terminal)
    {
        int open = report.Count(ImpactKind.Undecided);
        string undecided = open == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {open:N0} undecided");
        terminal.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Names.Count(report.Requests.Count, "request")}: {report.Count(ImpactKind.Unchanged):N0} unchanged, {report.Count(ImpactKind.Changed):N0} changed, {report.Count(ImpactKind.NewlyFailing):N0} newly failing, {report.Count(ImpactKind.NewlySolving):N0} newly solving{undecided}"
            ),
            Styles.Heading
        );
        WritePackages(report, terminal);
        WriteFailures(report, terminal);
        WriteRequests("newly solving", ImpactKind.NewlySolving, Styles.Good, report, terminal);
        WriteRequests("undecided, after too many failed steps", ImpactKind.Undecided, Styles.Note, report, terminal);
    }

    private static void WritePackages(ImpactReport report, Terminal terminal)
    {
        if (report.Packages.Count == 0)
        {
            return;
        }
        terminal.WriteLine("");
        terminal.WriteLine("changed packages, by the number of requests:", Styles.Heading);
        foreach (PackageImpact package in report.Packages.Take(ShownPackages))
        {
            string causes = package.Causes.Count == 0 ? "" : $"  ({string.Join("; ", package.Causes)})";
            terminal.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{package.RequestCount, 6}  {ImpactWords.Of(package.Difference)}  {DifferenceText.OfChange(package.Difference.Change)}{causes}"
                )
            );
        }
        WriteRest(report.Packages.Count - ShownPackages, "package", terminal);
    }

    private static void WriteFailures(ImpactReport report, Terminal terminal)
    {
        IGrouping<string, RequestImpact>[] failures =
        [
            .. report
                .Requests.Where(request => request.Kind == ImpactKind.NewlyFailing)
                .GroupBy(request => request.FailureDescription ?? "")
                .OrderByDescending(group => group.Count()),
        ];
        foreach (IGrouping<string, RequestImpact> failure in failures.Take(ShownRequests))
        {
            terminal.WriteLine("");
            terminal.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"newly failing, {Names.Count(failure.Count(), "request")}: {failure.Key}"
                ),
                Styles.Critical
            );
            if (report.Failures.TryGetValue(failure.Key, out IReadOnlyList<Demand>? core))
            {
                terminal.WriteLine("  these contradict each other:");
                foreach (Demand demand in core)
                {
                    terminal.WriteLine($"    {ImpactWords.Of(demand)}");
                }
            }
            foreach (RequestImpact request in failure.Take(ShownRequests))
            {
                terminal.WriteLine($"  {request.Request.Name}: {string.Join(' ', request.Request.Request)}");
            }
            WriteRest(failure.Count() - ShownRequests, "request", terminal);
        }
        WriteRest(failures.Length - ShownRequests, "failure", terminal);
    }

    private static void WriteRequests(
        string title,
        ImpactKind kind,
        Style style,
        ImpactReport report,
        Terminal terminal
    )
    {
        RequestImpact[] requests = [.. report.Requests.Where(request => request.Kind == kind)];
        if (requests.Length == 0)
        {
            return;
        }
        terminal.WriteLine("");
        terminal.WriteLine($"{title}:", style);
        foreach (RequestImpact request in requests.Take(ShownRequests))
        {
            terminal.WriteLine($"  {request.Request.Name}: {string.Join(' ', request.Request.Request)}");
        }
        WriteRest(requests.Length - ShownRequests, "request", terminal);
    }

    private static void WriteRest(int count, string noun, Terminal terminal)
    {
        if (count > 0)
        {
            terminal.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"        and {Names.Count(count, $"more {noun}")}: see --format json"
                )
            );
        }
    }
}
