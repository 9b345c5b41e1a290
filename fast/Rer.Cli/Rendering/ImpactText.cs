using System.Globalization;

namespace Rer.Cli.Rendering;

/// <summary>What a change means, for people: in sum, by package, and which requests fail or resolve newly.</summary>
internal static class ImpactText
{
    private const int ShownPackages = 40;
    private const int ShownRequests = 20;

    /// <summary>Writes a report.</summary>
    public static void Write(ImpactReport report, Terminal terminal)
    {
        terminal.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{CountOf(report.Requests.Count, "request")}: {report.Count(ImpactKind.Unchanged)} unchanged, {report.Count(ImpactKind.Changed)} changed, {report.Count(ImpactKind.NewlyFailing)} newly failing, {report.Count(ImpactKind.NewlySolving)} newly solving"
            ),
            Styles.Heading
        );
        WritePackages(report, terminal);
        WriteFailures(report, terminal);
        WriteSolving(report, terminal);
    }

    private static void WritePackages(ImpactReport report, Terminal terminal)
    {
        if (report.Packages.Count == 0)
            return;
        terminal.WriteLine("");
        terminal.WriteLine("changed packages, by the number of requests:", Styles.Heading);
        foreach (PackageImpact package in report.Packages.Take(ShownPackages))
        {
            string causes = package.Causes.Count == 0 ? "" : $"  ({string.Join("; ", package.Causes)})";
            terminal.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{package.RequestCount, 6}  {Side(package.Difference.Before)} -> {Side(package.Difference.After)}  {Names.OfChange(package.Difference.Change)}{causes}"
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
                    $"newly failing, {CountOf(failure.Count(), "request")}: {failure.Key}"
                ),
                Styles.Critical
            );
            if (report.Failures.TryGetValue(failure.Key, out IReadOnlyList<Demand>? core))
            {
                terminal.WriteLine("  these cannot go together:");
                foreach (Demand demand in core)
                    terminal.WriteLine($"    {TextOf(demand)}");
            }
            foreach (RequestImpact request in failure.Take(ShownRequests))
                terminal.WriteLine($"  {request.Request.Name}: {string.Join(' ', request.Request.Request)}");
            WriteRest(failure.Count() - ShownRequests, "request", terminal);
        }
        WriteRest(failures.Length - ShownRequests, "failure", terminal);
    }

    private static void WriteSolving(ImpactReport report, Terminal terminal)
    {
        RequestImpact[] solving = [.. report.Requests.Where(request => request.Kind == ImpactKind.NewlySolving)];
        if (solving.Length == 0)
            return;
        terminal.WriteLine("");
        terminal.WriteLine("newly solving:", Styles.Good);
        foreach (RequestImpact request in solving.Take(ShownRequests))
            terminal.WriteLine($"  {request.Request.Name}: {string.Join(' ', request.Request.Request)}");
        WriteRest(solving.Length - ShownRequests, "request", terminal);
    }

    /// <summary>A requirement of a core, and who makes it.</summary>
    public static string TextOf(Demand demand) =>
        demand.By is null ? $"{demand.Requirement} (requested)" : $"{demand.Requirement} (required by {demand.By})";

    private static string CountOf(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Side(ResolvedPackage? package) => package?.ToString() ?? "nothing";

    private static void WriteRest(int count, string noun, Terminal terminal)
    {
        if (count > 0)
            terminal.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"        and {CountOf(count, $"more {noun}")}: see --format json"
                )
            );
    }
}
