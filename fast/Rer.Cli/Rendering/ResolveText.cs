using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>
/// Writes a solve as <c>rez-env</c> prints it (<c>ResolvedContext.print_info</c>), with the index of each variant, and
/// the path of the package instead of the variant's. As in rez, a resolve goes to the output and a failure to the error
/// stream.
/// </summary>
internal static class ResolveText
{
    /// <summary>Writes a solve. Invalid input is left to <see cref="WriteError"/>.</summary>
    /// <param name="report">The solve.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="sourceOrder">Whether to keep the order of the resolve instead of sorting packages by name.</param>
    public static void Write(ResolveReport report, Terminal terminal, bool sourceOrder)
    {
        switch (report.Result)
        {
            case SolvedResult solved:
                terminal.WriteLines([
                    .. LinesOfRequest(report),
                    ("resolved packages:", Styles.Heading),
                    .. LinesOfPackages(solved, sourceOrder, report.Disk),
                ]);
                break;
            case FailedResult failed:
                terminal.WriteErrorLines(LinesOfRequest(report));
                ResolveGraph? graph = FailureGraph.TryDraw(failed, out string whyNot);
                string detail = graph is null ? whyNot : graph.GetFailureDetail();
                WriteFailed(failed.Failure.Description, detail, terminal);
                break;
            case StoppedResult stopped:
                terminal.WriteErrorLines(LinesOfRequest(report));
                WriteFailed(stopped.Message, "", terminal);
                break;
        }
    }

    /// <summary>Writes a solve, including invalid input, for commands that say more about it afterwards.</summary>
    public static void WriteWithError(ResolveReport report, Terminal terminal)
    {
        Write(report, terminal, sourceOrder: false);
        if (report.Result is ErrorResult error)
        {
            WriteError(error, terminal);
        }
    }

    /// <summary>Writes invalid input in one line.</summary>
    public static void WriteError(ErrorResult error, Terminal terminal) =>
        terminal.WriteErrorLine($"rer: {Once(error.Message)}", Styles.Critical);

    /// <summary>
    /// Removes a repetition. If a range has a single part, rez reports an error in it twice, for the range and for the
    /// part.
    /// </summary>
    private static string Once(string message)
    {
        string[] parts = message.Split(": ");
        return parts.Length > 1 && parts[^1] == parts[^2] ? string.Join(": ", parts[..^1]) : message;
    }

    /// <summary>Writes only what a script needs: the packages, or what went wrong.</summary>
    public static void WriteBrief(ResolveReport report, Terminal terminal, bool sourceOrder)
    {
        switch (report.Result)
        {
            case SolvedResult solved:
                terminal.WriteLines(LinesOfPackages(solved, sourceOrder));
                break;
            case FailedResult failed:
                terminal.WriteErrorLine(failed.Failure.Description, Styles.Critical);
                break;
            case StoppedResult stopped:
                terminal.WriteErrorLine(stopped.Message, Styles.Critical);
                break;
        }
    }

    private static IEnumerable<(string Line, Style? Style)> LinesOfRequest(ResolveReport report)
    {
        IEnumerable<Row> asked = report
            .Request.Select(Names.OfRequirement)
            .Select(requirement =>
                Names.IsEphemeral(requirement)
                    ? new Row(requirement, "(ephemeral)", Styles.Ephemeral)
                    : new Row(requirement)
            );
        IEnumerable<Row> added = report
            .ImplicitRequest.Select(Names.OfRequirement)
            .Select(requirement => new Row(requirement, "(implicit)", Styles.Implicit));
        return [("requested packages:", Styles.Heading), .. LinesOf([.. asked, .. added]), ("", null)];
    }

    private static IEnumerable<(string Line, Style? Style)> LinesOfPackages(
        SolvedResult solved,
        bool sourceOrder,
        DiskReport? places = null
    )
    {
        IEnumerable<ResolvedPackage> packages = sourceOrder
            ? solved.Packages
            : solved.Packages.OrderBy(package => package.Name, CodePointComparer.Instance);
        IEnumerable<Row> ephemerals = solved
            .Ephemerals.OrderBy(Names.FamilyOf, CodePointComparer.Instance)
            .Select(requirement => new Row(requirement, "(ephemeral)", Styles.Ephemeral));
        return LinesOf([.. packages.Select(package => RowOf(package, places?.PlaceOf(package))), .. ephemerals]);
    }

    private static Row RowOf(ResolvedPackage package, PackagePlace? place) =>
        place is null
            ? new Row(package.ToString())
            : new Row(
                package.ToString(),
                place.IsLocal ? "(local)" : "",
                place.IsLocal ? Styles.Local : (Style?)null,
                place.Path
            );

    private static void WriteFailed(string description, string detail, Terminal terminal)
    {
        terminal.WriteErrorLine("The context failed to resolve:", Styles.Critical);
        terminal.WriteErrorLine(description, Styles.Critical);
        if (detail.Length > 0)
        {
            terminal.WriteErrorLine("");
            terminal.WriteErrorLine(detail);
        }
    }

    /// <summary>Columns, aligned as in <c>rez.utils.formatting.columnise</c>.</summary>
    private static IEnumerable<(string Line, Style? Style)> LinesOf(IReadOnlyList<Row> rows)
    {
        int texts = rows.Max(row => (int?)row.Text.Length) ?? 0;
        int paths = rows.Max(row => (int?)row.Path.Length) ?? 0;
        foreach (Row row in rows)
        {
            string path = paths == 0 ? "" : $"  {row.Path.PadRight(paths)}";
            yield return ($"{row.Text.PadRight(texts)}{path}  {row.Note}".TrimEnd(), row.Style);
        }
    }

    private readonly record struct Row(string Text, string Note = "", Style? Style = null, string Path = "")
    {
        public string Text { get; } = VisibleText.OfLine(Text);
        public string Path { get; } = VisibleText.OfLine(Path);
    }
}
