using System.Globalization;
using Rer.Insights.Contexts;
using Rer.Insights.Impacts;

namespace Rer.Cli.Rendering;

/// <summary>The release that broke a request, for people.</summary>
internal static class BisectText
{
    private const int ShownReleases = 8;
    private const int ShownChanges = 40;

    /// <summary>Writes a report.</summary>
    public static void Write(BisectReport report, Terminal terminal)
    {
        BisectCulprit culprit = report.Culprit;
        terminal.WriteLine(
            $"the request {BrokenOf(report)} since {ReleaseTime.Exactly(culprit.Change.After.Time)}, because of the release of:",
            Styles.Critical
        );
        foreach (PackageRelease release in culprit.Releases)
        {
            terminal.WriteLine(VisibleText.OfLine($"  {release.Package}  {release.Path}").TrimEnd());
        }
        WriteOthers(culprit, terminal);
        terminal.WriteLine("");
        WriteEffect(culprit, terminal);
        terminal.WriteLine("");
        WriteHistory(report, terminal);
    }

    private static string BrokenOf(BisectReport report) =>
        report.Aim switch
        {
            _ when report.Culprit.Change.After.Result is not SolvedResult => "does not resolve",
            BisectAim.ResolvesTo => $"does not resolve to {VisibleText.OfLine(report.ResolvesTo!)}",
            _ => "resolves to something else",
        };

    private static void WriteOthers(BisectCulprit culprit, Terminal terminal)
    {
        PackageRelease[] others = [.. culprit.Change.Releases.Except(culprit.Releases)];
        if (!culprit.IsMinimal)
        {
            terminal.WriteLine(
                "  perhaps not all of them are needed: some trials were too hard to decide",
                Styles.Note
            );
        }
        if (others.Length == 0)
        {
            return;
        }
        string names = VisibleText.OfLine(Listing(others));
        terminal.WriteLine(
            culprit.AreOthersEnough
                ? $"  released at the same time, and enough to break it by themselves: {names}"
                : $"  released at the same time, and not to blame: {names}",
            Styles.Faint
        );
    }

    private static void WriteEffect(BisectCulprit culprit, Terminal terminal)
    {
        if (culprit.Change.After.Result is SolvedResult)
        {
            terminal.WriteLine("what it changed:", Styles.Heading);
            foreach (PackageDifference difference in culprit.Differences)
            {
                terminal.WriteLine(
                    VisibleText.OfLine($"  {ImpactWords.Of(difference)}  {DifferenceText.OfChange(difference.Change)}")
                );
            }
            return;
        }
        terminal.WriteLine("in rez's words:", Styles.Heading);
        foreach (string line in (Names.ReasonOf(culprit.Change.After.Result) ?? "").Split('\n'))
        {
            terminal.WriteLine($"  {line}");
        }
        if (culprit.Core.Count == 0)
        {
            return;
        }
        terminal.WriteLine("these contradict each other:", Styles.Heading);
        foreach (Demand demand in culprit.Core)
        {
            terminal.WriteLine(VisibleText.OfLine($"  {ImpactWords.Of(demand)}"));
        }
    }

    private static void WriteHistory(BisectReport report, Terminal terminal)
    {
        string undecided =
            report.UndecidedCount == 0
                ? ""
                : Text($"; at {report.UndecidedCount} the solve gave up after too many failed steps");
        terminal.WriteLine(Text($"release times tried: {report.TimeCount}{undecided}"), Styles.Faint);
        if (report.Changes.Count > 1)
        {
            terminal.WriteLine(Text($"it changed {report.Changes.Count} times:"), Styles.Note);
            foreach (BisectChange change in report.Changes.TakeLast(ShownChanges))
            {
                string word = change.IsGood ? "mended" : "broken";
                string names = VisibleText.OfLine(Listing([.. change.Releases]));
                terminal.WriteLine($"  {ReleaseTime.Exactly(change.After.Time)}  {word} with {names}");
            }
            if (report.Changes.Count > ShownChanges)
            {
                terminal.WriteLine(
                    Text($"  and {report.Changes.Count - ShownChanges} earlier changes; see --format json")
                );
            }
        }
        if (report.Undated.Count > 0)
        {
            terminal.WriteLine(
                VisibleText.OfLine(
                    $"without a timestamp, and so counted as always released: {string.Join(", ", report.Undated)}"
                ),
                Styles.Note
            );
        }
    }

    private static string Listing(PackageRelease[] releases) =>
        string.Join(", ", releases.Take(ShownReleases).Select(release => release.Package))
        + (releases.Length > ShownReleases ? Text($" and {releases.Length - ShownReleases} more") : "");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
