using System.Globalization;
using Rer.Repositories;

namespace Rer.Cli.Rendering;

/// <summary>Puts an index of a package path into words.</summary>
internal static class IndexText
{
    // Nobody reads more changes than this, and a first update has one for each family.
    private const int Most = 100;

    /// <summary>Writes the state of an index.</summary>
    /// <param name="report">The index.</param>
    /// <param name="action">What was done: <c>update</c>, <c>status</c> or <c>verify</c>.</param>
    /// <param name="isBrief">Whether changes are only counted.</param>
    /// <param name="terminal">Where to write.</param>
    public static void Write(IndexReport report, string action, bool isBrief, Terminal terminal)
    {
        if (report.Complaint is { } complaint)
        {
            terminal.WriteErrorLine($"rer: {report.File}: the index is not used: {complaint}", Styles.Critical);
            return;
        }
        if (report.Made is not { } made)
        {
            terminal.WriteErrorLine(
                $"rer: {report.PackagePath}: there is no index; 'rer index update {report.PackagePath}' makes one",
                Styles.Critical
            );
            return;
        }
        terminal.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.File}: {Names.Count(report.Families, "family", "families")}, {Names.Count(report.Versions, "version")}, {Names.Count(report.Definitions, "definition")}{Evaluated(report)}, {report.Bytes:N0} bytes, of {made.ToLocalTime():yyyy-MM-dd HH:mm:ss}"
            )
        );
        ILookup<bool, IndexChange> changes = report.Changes.ToLookup(change => change.Kind == IndexChangeKind.Unknown);
        string none = action == "update" ? "nothing has changed" : "everything is up to date";
        terminal.WriteLine(changes[false].Any() ? Counted(changes[false]) : none);
        if (!isBrief)
        {
            WriteAll(changes[false], terminal);
        }
        if (changes[true].Any())
        {
            terminal.WriteLine($"not in the index, read by each resolve: {changes[true].Count():N0}");
            if (!isBrief)
            {
                WriteAll(changes[true], terminal);
            }
        }
    }

    private static string Evaluated(IndexReport report) =>
        report.Evaluated == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({report.Evaluated:N0} evaluated by Python)");

    private static string Counted(IEnumerable<IndexChange> changes) =>
        string.Join(
            ", ",
            changes
                .GroupBy(change => (change.Kind, IsVersion: change.Version is not null))
                .OrderBy(group => group.Key)
                .Select(group =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(group.Key.IsVersion ? "versions" : "families")} {Word(group.Key.Kind)}: {group.Count():N0}"
                    )
                )
        );

    private static void WriteAll(IEnumerable<IndexChange> changes, Terminal terminal)
    {
        int left = 0;
        int written = 0;
        foreach (IndexChange change in changes)
        {
            if (written++ >= Most)
            {
                left++;
                continue;
            }
            string name = string.IsNullOrEmpty(change.Version) ? change.Family : $"{change.Family}-{change.Version}";
            terminal.WriteLine($"  {Word(change.Kind)} {name}: {change.Detail}");
        }
        if (left > 0)
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {left:N0} more"));
        }
    }

    private static string Word(IndexChangeKind kind) =>
        kind switch
        {
            IndexChangeKind.Added => "added",
            IndexChangeKind.Changed => "changed",
            IndexChangeKind.Removed => "removed",
            _ => "unknown",
        };
}
