namespace Rer.Books;

/// <summary>
/// A request, and what was recorded of its answer. Everything but the request is optional. A field that is null was not
/// recorded, and is not compared.
/// </summary>
public sealed record Case
{
    /// <summary>The requirements, in order.</summary>
    public required IReadOnlyList<string> Request { get; init; }

    /// <summary>The options of the solve, without callbacks, clocks and logs.</summary>
    public ResolveOptions Options { get; init; } = ResolveOptions.Default;

    /// <summary>How the solve ended.</summary>
    public CaseStatus? Status { get; init; }

    /// <summary>The packages of a solved request, in order.</summary>
    public IReadOnlyList<ResolvedPackage>? Resolved { get; init; }

    /// <summary>The ephemerals of a solved request, in order.</summary>
    public IReadOnlyList<string>? Ephemerals { get; init; }

    /// <summary>
    /// The kind of failure, as rez names it: <c>DependencyConflicts</c>, <c>TotalReduction</c>, <c>Cycle</c>; or
    /// <c>Unknown</c> for one without a reason.
    /// </summary>
    public string? Failure { get; init; }

    /// <summary>rez's text of the failure. A cycle may start at any of its packages.</summary>
    public string? Description { get; init; }

    /// <summary>The requirements involved in the failure, in order. Those of a cycle may be rotated.</summary>
    public IReadOnlyList<string>? Involved { get; init; }

    /// <summary>The packages of a cycle, which may be rotated.</summary>
    public IReadOnlyList<string>? Cycle { get; init; }

    /// <summary>Every failure of a failed request, in the order in which they happened.</summary>
    public IReadOnlyList<CaseFailure>? Failures { get; init; }

    /// <summary>What was wrong with the input, if anything.</summary>
    public ResolveErrorKind? Error { get; init; }

    /// <summary>The text of the error, or what stopped the solve.</summary>
    public string? Message { get; init; }

    /// <summary>The number of solve steps.</summary>
    public int? NumSolves { get; init; }

    /// <summary>The number of solve steps that failed.</summary>
    public int? NumFails { get; init; }

    /// <summary>
    /// The number of dependencies extracted. Exact for an engine that works step by step as rez does.
    /// </summary>
    public int? NumExtractions { get; init; }

    /// <summary>
    /// The number of scopes that an extraction narrowed. Exact for an engine that works step by step.
    /// </summary>
    public int? NumIntersections { get; init; }

    /// <summary>The number of scopes that were reduced. Exact for an engine that works step by step.</summary>
    public int? NumReductions { get; init; }

    /// <summary>The resolve graph, or the graph of the failure.</summary>
    public CaseGraph? Graph { get; init; }

    /// <summary>
    /// The same graph in the DOT language, line by line, including the order of nodes and edges, and their ids.
    /// </summary>
    public IReadOnlyList<string>? Dot { get; init; }

    /// <summary>
    /// The paths that <c>rez-env</c> prints below the failure, line by line; empty if the failure has no paths.
    /// </summary>
    public IReadOnlyList<string>? Detail { get; init; }

    /// <summary>The reported failure and its graph.</summary>
    internal CaseFailure Reported => new(Failure, Description, Involved, Cycle, Detail, Graph, Dot);

    /// <summary>rez's log at verbosity 3, line by line, normalised by <see cref="TraceText"/>.</summary>
    public IReadOnlyList<string>? Trace { get; init; }

    /// <summary>The purpose of the case, in one sentence.</summary>
    public string? Note { get; init; }
}

/// <summary>One failure of a solve.</summary>
/// <param name="Kind">As <see cref="Case.Failure"/>.</param>
/// <param name="Description">As <see cref="Case.Description"/>.</param>
/// <param name="Involved">As <see cref="Case.Involved"/>.</param>
/// <param name="Cycle">As <see cref="Case.Cycle"/>.</param>
/// <param name="Detail">As <see cref="Case.Detail"/>.</param>
/// <param name="Graph">The graph of this failure.</param>
/// <param name="Dot">As <see cref="Case.Dot"/>.</param>
public sealed record CaseFailure(
    string? Kind,
    string? Description,
    IReadOnlyList<string>? Involved,
    IReadOnlyList<string>? Cycle,
    IReadOnlyList<string>? Detail,
    CaseGraph? Graph,
    IReadOnlyList<string>? Dot
)
{
    /// <summary>Whether it contains anything that comes from a graph.</summary>
    internal bool ShowsGraph => Graph is not null || Dot is not null || Detail is not null;
}

/// <summary>How a solve ended. A case writes it in lower case.</summary>
public enum CaseStatus
{
    /// <summary>There is a resolve.</summary>
    Solved,

    /// <summary>There is no resolve.</summary>
    Failed,

    /// <summary>The input is invalid: rez raised an exception.</summary>
    Error,

    /// <summary>A limit or a caller stopped the solve.</summary>
    Stopped,
}
