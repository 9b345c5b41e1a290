namespace Rer.Books;

/// <summary>Solves requests with an engine and records its answers as cases.</summary>
public static class CaseRecorder
{
    /// <summary>
    /// Solves a case's request again. Of the expensive fields, it records those that the case has: the graph, all
    /// failures and, if the engine writes logs, the trace.
    /// </summary>
    /// <param name="resolver">The engine.</param>
    /// <param name="repository">The repository of the case's book.</param>
    /// <param name="case">The request, the options, and the fields to record.</param>
    /// <param name="writesLog">Whether the engine writes <see cref="ResolveOptions.Log"/>.</param>
    /// <param name="cancellationToken">Ends the solve.</param>
    public static Case Solve(
        IResolver resolver,
        IPackageRepository repository,
        Case @case,
        bool writesLog = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentNullException.ThrowIfNull(@case);
        using StringWriter? log = writesLog && @case.Trace is not null ? new StringWriter { NewLine = "\n" } : null;
        ResolveOptions options = log is null
            ? @case.Options
            : @case.Options with
            {
                Log = new SolveLog(log, Verbosity: 3),
            };
        ResolveResult result = resolver.Resolve(@case.Request, repository, options, cancellationToken);
        return Record(
            @case.Request,
            @case.Options,
            result,
            new Recording(
                Graph: @case.Reported.ShowsGraph,
                Failures: @case.Failures is not null,
                FailureGraphs: @case.Failures?.Any(failure => failure.ShowsGraph) == true
            ),
            log?.ToString()
        );
    }

    /// <summary>Records an answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">The options it was solved with.</param>
    /// <param name="result">The answer.</param>
    /// <param name="recording">Which expensive fields to record; null for none.</param>
    /// <param name="log">The engine's log at verbosity 3, if there is one.</param>
    public static Case Record(
        IReadOnlyList<string> request,
        ResolveOptions options,
        ResolveResult result,
        Recording? recording = null,
        string? log = null
    )
    {
        ArgumentNullException.ThrowIfNull(result);
        recording ??= new Recording();
        Case asked = new()
        {
            Request = request,
            Options = options,
            Trace = log is null ? null : TraceText.Normalise(log),
        };
        return result switch
        {
            SolvedResult solved => Solved(Counted(asked, solved.Statistics), solved, recording),
            FailedResult failed => Failed(Counted(asked, failed.Statistics), failed, recording),
            ErrorResult error => asked with { Status = CaseStatus.Error, Error = error.Kind, Message = error.Message },
            StoppedResult stopped => asked with { Status = CaseStatus.Stopped, Message = stopped.Message },
            _ => throw new ArgumentException($"unknown kind of result: {result.GetType().Name}", nameof(result)),
        };
    }

    private static Case Counted(Case @case, SolveStatistics statistics) =>
        @case with
        {
            NumSolves = statistics.NumSolves,
            NumFails = statistics.NumFails,
            NumExtractions = statistics.NumExtractions,
            NumIntersections = statistics.NumIntersections,
            NumReductions = statistics.NumReductions,
        };

    private static Case Solved(Case @case, SolvedResult result, Recording recording)
    {
        ResolveGraph? graph = recording.Graph ? result.GetGraph() : null;
        return @case with
        {
            Status = CaseStatus.Solved,
            Resolved = result.Packages,
            Ephemerals = result.Ephemerals,
            Graph = graph is null ? null : CaseGraph.Of(graph),
            Dot = graph?.ToDot().Split('\n'),
        };
    }

    private static Case Failed(Case @case, FailedResult result, Recording recording)
    {
        CaseFailure reported = FailureOf(result.Failure, recording.Graph ? Drawn(result.GetGraph) : null);
        return @case with
        {
            Status = CaseStatus.Failed,
            Failure = reported.Kind,
            Description = reported.Description,
            Involved = reported.Involved,
            Cycle = reported.Cycle,
            Detail = reported.Detail,
            Graph = reported.Graph,
            Dot = reported.Dot,
            Failures = recording.Failures ? [.. Enumerable.Range(0, result.Statistics.NumFails).Select(ByIndex)] : null,
        };

        CaseFailure ByIndex(int index) =>
            FailureOf(result.GetFailure(index), recording.FailureGraphs ? Drawn(() => result.GetGraph(index)) : null);
    }

    /// <summary>The graph of a failure; null if it cannot be drawn. rez's recorder leaves it out then, too.</summary>
    private static ResolveGraph? Drawn(Func<ResolveGraph> draw)
    {
        try
        {
            return draw();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static CaseFailure FailureOf(SolveFailure failure, ResolveGraph? graph) =>
        new(
            failure switch
            {
                DependencyConflictsFailure => "DependencyConflicts",
                TotalReductionFailure => "TotalReduction",
                CycleFailure => "Cycle",
                _ => "Unknown",
            },
            failure.Description,
            failure.InvolvedRequirements,
            (failure as CycleFailure)?.Packages,
            graph?.GetFailureDetail().Split('\n', StringSplitOptions.RemoveEmptyEntries),
            graph is null ? null : CaseGraph.Of(graph),
            graph?.ToDot().Split('\n')
        );
}

/// <summary>Which of the fields to record that an engine computes only on demand.</summary>
/// <param name="Graph">The graph of the resolve, or of the reported failure, and the paths below the failure.</param>
/// <param name="Failures">Every failure, not only the reported one.</param>
/// <param name="FailureGraphs">With <paramref name="Failures"/>, the graph of each.</param>
public sealed record Recording(bool Graph = false, bool Failures = false, bool FailureGraphs = false);
