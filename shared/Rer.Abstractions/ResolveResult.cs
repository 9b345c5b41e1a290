using System.Globalization;

namespace Rer;

/// <summary>
/// How a solve ended: as a <see cref="SolvedResult"/>, <see cref="FailedResult"/>, <see cref="ErrorResult"/> or
/// <see cref="StoppedResult"/>. Immutable and safe to share between threads.
/// </summary>
public abstract class ResolveResult
{
    private protected ResolveResult(SolveStatistics statistics) => Statistics = statistics;

    /// <summary>The cost of the solve. All zero if it ended before its first step.</summary>
    public SolveStatistics Statistics { get; }
}

/// <summary>The request resolves. rez's status <c>solved</c>.</summary>
public sealed class SolvedResult : ResolveResult
{
    private readonly ISolveDetails _details;

    internal SolvedResult(
        IReadOnlyList<ResolvedPackage> packages,
        IReadOnlyList<string> ephemerals,
        SolveStatistics statistics,
        ISolveDetails details
    )
        : base(statistics)
    {
        Packages = packages;
        Ephemerals = ephemerals;
        _details = details;
    }

    /// <summary>
    /// The packages, dependencies before dependents. Apart from that, they are in the order of the request, then sorted
    /// by name. Corresponds to <c>Solver.resolved_packages</c>.
    /// </summary>
    public IReadOnlyList<ResolvedPackage> Packages { get; }

    /// <summary>The ephemerals, as requirements. Corresponds to <c>Solver.resolved_ephemerals</c>.</summary>
    public IReadOnlyList<string> Ephemerals { get; }

    /// <summary>The resolve graph, computed on demand. Corresponds to <c>Solver.get_graph</c>.</summary>
    public ResolveGraph GetGraph() => _details.GetGraph();
}

/// <summary>The request does not resolve. rez's status <c>failed</c>.</summary>
public sealed class FailedResult : ResolveResult
{
    private readonly ISolveDetails _details;

    internal FailedResult(SolveStatistics statistics, ISolveDetails details)
        : base(statistics) => _details = details;

    /// <summary>
    /// The failure that rez reports: the first one, unless a cycle or a callback ended the solve. May be computed on
    /// demand. Corresponds to <c>Solver.failure_reason()</c>.
    /// </summary>
    public SolveFailure Failure => _details.GetFailure(null);

    /// <summary>Any failure of the solve. Corresponds to <c>Solver.failure_reason(failure_index)</c>.</summary>
    /// <param name="index">The failure's index, from 0, in the order in which failures happened. Negative values count
    /// from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no failure with this index.</exception>
    public SolveFailure GetFailure(int index) => _details.GetFailure(index);

    /// <summary>
    /// The graph of the reported failure, computed on demand. Corresponds to <c>Solver.get_fail_graph()</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The graph cannot be drawn. Drawing reads packages that the failed
    /// phase did not read, and one of them contradicts itself. rez raises <c>ResolveError</c> here.</exception>
    public ResolveGraph GetGraph() => _details.GetGraph();

    /// <summary>The graph of any failure. Corresponds to <c>Solver.get_fail_graph(failure_index)</c>.</summary>
    /// <param name="index">As for <see cref="GetFailure"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no failure with this index.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="GetGraph()"/>.</exception>
    public ResolveGraph GetGraph(int index) => _details.GetFailureGraph(index);
}

/// <summary>The input was wrong, so the request has no answer. rez raises an exception in this case.</summary>
public sealed class ErrorResult : ResolveResult
{
    internal ErrorResult(ResolveErrorKind kind, string message, SolveStatistics statistics)
        : base(statistics)
    {
        Kind = kind;
        Message = message;
    }

    /// <summary>What was wrong.</summary>
    public ResolveErrorKind Kind { get; }

    /// <summary>The text of rez's exception, or one line that names the input and the place.</summary>
    public string Message { get; }
}

/// <summary>The solve was stopped before it had an answer.</summary>
public sealed class StoppedResult : ResolveResult
{
    internal StoppedResult(StopReason reason, string message, SolveStatistics statistics)
        : base(statistics)
    {
        Reason = reason;
        Message = message;
    }

    /// <summary>What stopped it.</summary>
    public StopReason Reason { get; }

    /// <summary>The reason in words: the callback's, or rez's "time limit exceeded".</summary>
    public string Message { get; }
}

/// <summary>What can be wrong with the input of a solve.</summary>
public enum ResolveErrorKind
{
    /// <summary>No repository has the family. rez's <c>PackageFamilyNotFoundError</c>.</summary>
    PackageFamilyNotFound,

    /// <summary>The family has no version in the range. rez's <c>PackageNotFoundError</c>.</summary>
    PackageNotFound,

    /// <summary>A package's own requirements contradict each other. rez's <c>ResolveError</c>.</summary>
    PackageConflict,

    /// <summary>A requirement, version, filter or orderer cannot be parsed.</summary>
    InvalidSyntax,

    /// <summary>Package data cannot be read: see <see cref="PackageDataException"/>.</summary>
    PackageData,

    /// <summary>A caller-supplied orderer failed or contradicts itself: see <see cref="IPackageOrderer"/>.</summary>
    PackageOrderer,
}

/// <summary>What stopped a solve.</summary>
public enum StopReason
{
    /// <summary>The cancellation token.</summary>
    Cancelled,

    /// <summary><see cref="ResolveOptions.TimeLimit"/>.</summary>
    TimeLimit,

    /// <summary>The callback returned <see cref="SolverCallbackReturn.Abort"/>.</summary>
    Callback,
}

/// <summary>A variant of a resolve.</summary>
/// <param name="Name">The family.</param>
/// <param name="Version">The version as text; empty for an unversioned package.</param>
/// <param name="VariantIndex">Which of the package's variants; null for a package without variants.</param>
public readonly record struct ResolvedPackage(string Name, string Version, int? VariantIndex)
{
    /// <summary>
    /// The variant as text: <c>foo-1.2[0]</c>, <c>foo-1.2</c> without variants, <c>foo</c> without a version.
    /// </summary>
    public override string ToString() =>
        string.Concat(
            Name,
            Version is { Length: > 0 } ? "-" : "",
            Version,
            VariantIndex is { } index ? string.Concat("[", index.ToString(CultureInfo.InvariantCulture), "]") : ""
        );
}

/// <summary>
/// The cost of a solve, in steps. Corresponds to <c>Solver.solve_stats</c>. Counts that an engine does not keep are
/// null.
/// </summary>
/// <param name="NumSolves">The number of solve steps.</param>
/// <param name="NumFails">The number of solve steps that failed.</param>
public sealed record SolveStatistics(int NumSolves, int NumFails)
{
    /// <summary>Dependencies extracted.</summary>
    public int? NumExtractions { get; init; }

    /// <summary>Scopes that an extraction narrowed.</summary>
    public int? NumIntersections { get; init; }

    /// <summary>Slices whose versions were tested against a range.</summary>
    public int? NumIntersectionTests { get; init; }

    /// <summary>Slices that were to be intersected, including those that needed no test.</summary>
    public int? NumIntersectionBroadTests { get; init; }

    /// <summary>Scopes that were reduced.</summary>
    public int? NumReductions { get; init; }

    /// <summary>Slices whose variants were tested against a requirement.</summary>
    public int? NumReductionTests { get; init; }

    /// <summary>Scopes that were to be reduced, including those that needed no test.</summary>
    public int? NumReductionBroadTests { get; init; }

    /// <summary>How long the solve took, including the loading of definitions.</summary>
    public TimeSpan SolveTime { get; init; }

    /// <summary>How much of that time was spent loading definitions; null if it was not measured.</summary>
    public TimeSpan? LoadTime { get; init; }
}
