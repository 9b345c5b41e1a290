namespace Rer.Cli.Rendering;

/// <summary>Writes the graph of a resolve or of a failure in one of the graph formats.</summary>
internal static class ResolveGraphFormats
{
    /// <summary>
    /// Writes the graph. For a failure, also writes its text to the error stream, or says that there is no graph.
    /// </summary>
    public static void Write(ResolveReport report, ResolveFormat format, Terminal terminal)
    {
        ResolveGraph? graph = report.Result switch
        {
            SolvedResult solved => solved.GetGraph(),
            FailedResult failed => FailureGraph.TryDraw(failed, out _),
            _ => null,
        };
        if (graph is not null)
        {
            terminal.Output.WriteLine(Format(report, format, graph).TrimEnd('\n'));
        }
        if (report.Result is not SolvedResult)
        {
            ResolveText.Write(report, terminal, sourceOrder: false);
        }
    }

    private static string Format(ResolveReport report, ResolveFormat format, ResolveGraph graph) =>
        format switch
        {
            ResolveFormat.Dot => VisibleText.Of(graph.ToDot()),
            ResolveFormat.Svg => SvgWriter.Write(GraphView.Of(graph)),
            _ => HtmlWriter.Write(
                GraphView.Of(graph),
                string.Join(' ', report.Request),
                OutcomeOf(report.Result),
                (report.Result as FailedResult)?.Failure.Description ?? ""
            ),
        };

    private static string OutcomeOf(ResolveResult result) =>
        result is SolvedResult solved ? $"resolved: {solved.Packages.Count} packages" : "failed to resolve";
}
