namespace Rer.Books;

/// <summary>
/// A request and what is known of its answer. Everything but the request is optional: a field that is null was not
/// recorded, and is not compared.
/// </summary>
public sealed record Case
{
    /// <summary>The requirements, in order.</summary>
    public required IReadOnlyList<string> Request { get; init; }

    /// <summary>The options of the solve, apart from callbacks, clocks and logs.</summary>
    public ResolveOptions Options { get; init; } = ResolveOptions.Default;

    /// <summary>How the solve ended.</summary>
    public CaseStatus? Status { get; init; }

    /// <summary>The packages of a solved request, in order.</summary>
    public IReadOnlyList<ResolvedPackage>? Resolved { get; init; }

    /// <summary>The ephemerals of a solved request, in order.</summary>
    public IReadOnlyList<string>? Ephemerals { get; init; }

    /// <summary>The kind of failure, as rez names it: <c>DependencyConflicts</c>, <c>TotalReduction</c>,
    /// <c>Cycle</c>; or <c>Unknown</c> for one without a reason.</summary>
    public string? Failure { get; init; }

    /// <summary>rez's text of the failure. Of a cycle, the rotation is left to chance.</summary>
    public string? Description { get; init; }

    /// <summary>The requirements involved in the failure, in order; of a cycle, in any rotation.</summary>
    public IReadOnlyList<string>? Involved { get; init; }

    /// <summary>The packages of a cycle, in any rotation.</summary>
    public IReadOnlyList<string>? Cycle { get; init; }

    /// <summary>Every failure of a failed request, in the order in which they happened.</summary>
    public IReadOnlyList<CaseFailure>? Failures { get; init; }

    /// <summary>What was wrong with the input, where it was.</summary>
    public ResolveErrorKind? Error { get; init; }

    /// <summary>The text of the error, or what stopped the solve.</summary>
    public string? Message { get; init; }

    /// <summary>Solve steps taken.</summary>
    public int? NumSolves { get; init; }

    /// <summary>Solve steps that failed.</summary>
    public int? NumFails { get; init; }

    /// <summary>Dependencies extracted; exact for an engine that works step by step as rez does.</summary>
    public int? NumExtractions { get; init; }

    /// <summary>Scopes that an extraction narrowed; exact likewise.</summary>
    public int? NumIntersections { get; init; }

    /// <summary>Scopes that were reduced; exact likewise.</summary>
    public int? NumReductions { get; init; }

    /// <summary>The resolve graph, or that of the failure.</summary>
    public CaseGraph? Graph { get; init; }

    /// <summary>The same graph in the DOT language, line by line: with the order of nodes and edges, and their
    /// ids.</summary>
    public IReadOnlyList<string>? Dot { get; init; }

    /// <summary>The paths that <c>rez-env</c> prints below the failure, line by line; none where the failure has no
    /// paths.</summary>
    public IReadOnlyList<string>? Detail { get; init; }

    /// <summary>The failure that is reported, and the graph.</summary>
    internal CaseFailure Reported => new(Failure, Description, Involved, Cycle, Detail, Graph, Dot);

    /// <summary>rez's log at verbosity 3, line by line, in the normal form of <see cref="TraceText"/>.</summary>
    public IReadOnlyList<string>? Trace { get; init; }

    /// <summary>What the case is there for, in a sentence.</summary>
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
    /// <summary>Whether anything of it is seen in its graph alone.</summary>
    internal bool ShowsGraph => Graph is not null || Dot is not null || Detail is not null;
}

/// <summary>How a solve ended, as a case writes it in lower case.</summary>
public enum CaseStatus
{
    /// <summary>There is a resolve.</summary>
    Solved,

    /// <summary>There is none.</summary>
    Failed,

    /// <summary>The input is wrong: rez raised an exception.</summary>
    Error,

    /// <summary>A limit or a caller stopped the solve.</summary>
    Stopped,
}
