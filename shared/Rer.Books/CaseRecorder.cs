namespace Rer.Books;

/// <summary>Puts requests to an engine and writes its answers down as cases.</summary>
public static class CaseRecorder
{
    /// <summary>
    /// Solves a case's request again, and records of the answer what the case holds beyond the cheap fields: the
    /// graph if it has one, the trace if it has one and the engine writes logs.
    /// </summary>
    /// <param name="resolver">The engine.</param>
    /// <param name="repository">The repository of the case's book.</param>
    /// <param name="case">The request, the options, and which fields are wanted.</param>
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
        return Record(@case.Request, @case.Options, result, @case.Graph is not null, log?.ToString());
    }

    /// <summary>Writes an answer down.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">The options it was solved with.</param>
    /// <param name="result">The answer.</param>
    /// <param name="withGraph">Whether to record the graph.</param>
    /// <param name="log">What the engine logged at verbosity 3, if it did.</param>
    public static Case Record(
        IReadOnlyList<string> request,
        ResolveOptions options,
        ResolveResult result,
        bool withGraph = false,
        string? log = null
    )
    {
        ArgumentNullException.ThrowIfNull(result);
        Case asked = new()
        {
            Request = request,
            Options = options,
            Trace = log is null ? null : TraceText.Normalise(log),
        };
        return result switch
        {
            SolvedResult solved => Counted(asked, solved.Statistics) with
            {
                Status = CaseStatus.Solved,
                Resolved = solved.Packages,
                Ephemerals = solved.Ephemerals,
                Graph = withGraph ? CaseGraph.Of(solved.GetGraph()) : null,
            },
            FailedResult failed => Failed(Counted(asked, failed.Statistics), failed.Failure) with
            {
                Graph = withGraph ? CaseGraph.Of(failed.GetGraph()) : null,
            },
            ErrorResult error => asked with { Status = CaseStatus.Error, Error = error.Kind, Message = error.Message },
            StoppedResult stopped => asked with { Status = CaseStatus.Stopped, Message = stopped.Message },
            _ => throw new ArgumentException($"no outcome of a solve: {result.GetType().Name}", nameof(result)),
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

    private static Case Failed(Case @case, SolveFailure failure) =>
        @case with
        {
            Status = CaseStatus.Failed,
            Failure = failure switch
            {
                DependencyConflictsFailure => "DependencyConflicts",
                TotalReductionFailure => "TotalReduction",
                CycleFailure => "Cycle",
                _ => "Unknown",
            },
            Description = failure.Description,
            Involved = failure.InvolvedRequirements,
            Cycle = (failure as CycleFailure)?.Packages,
        };
}
