using System.Globalization;

namespace Rer;

/// <summary>
/// How a solve ended, which is one of four things: <see cref="SolvedResult"/>, <see cref="FailedResult"/>,
/// <see cref="ErrorResult"/>, <see cref="StoppedResult"/>. Immutable and safe to share between threads.
/// </summary>
public abstract class ResolveResult
{
    private protected ResolveResult(SolveStatistics statistics) => Statistics = statistics;

    /// <summary>What the solve took. All zero where it ended before its first step.</summary>
    public SolveStatistics Statistics { get; }
}

/// <summary>The request has a resolve. rez's status <c>solved</c>.</summary>
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
    /// The packages, dependencies before dependents, otherwise in the order of the request, otherwise by name.
    /// <c>Solver.resolved_packages</c>.
    /// </summary>
    public IReadOnlyList<ResolvedPackage> Packages { get; }

    /// <summary>The ephemerals, as requirements. <c>Solver.resolved_ephemerals</c>.</summary>
    public IReadOnlyList<string> Ephemerals { get; }

    /// <summary>The resolve graph. Computed when asked for. <c>Solver.get_graph</c>.</summary>
    public ResolveGraph GetGraph() => _details.GetGraph();
}

/// <summary>There is no resolve. rez's status <c>failed</c>.</summary>
public sealed class FailedResult : ResolveResult
{
    private readonly ISolveDetails _details;

    internal FailedResult(SolveStatistics statistics, ISolveDetails details)
        : base(statistics) => _details = details;

    /// <summary>
    /// The failure that rez reports: the first, unless a cycle or a callback ended the solve. May be computed when
    /// asked for. <c>Solver.failure_reason()</c>.
    /// </summary>
    public SolveFailure Failure => _details.GetFailure(null);

    /// <summary>Any failure of the solve. <c>Solver.failure_reason(failure_index)</c>.</summary>
    /// <param name="index">Which, from 0, in the order in which they happened; negative counts from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There were not so many failures.</exception>
    public SolveFailure GetFailure(int index) => _details.GetFailure(index);

    /// <summary>The graph of the reported failure. Computed when asked for. <c>Solver.get_fail_graph()</c>.</summary>
    /// <exception cref="InvalidOperationException">It cannot be drawn: drawing looks at packages that the failed phase
    /// did not look at, and one of them contradicts itself. rez raises <c>ResolveError</c> here.</exception>
    public ResolveGraph GetGraph() => _details.GetGraph();

    /// <summary>The graph of any failure. <c>Solver.get_fail_graph(failure_index)</c>.</summary>
    /// <param name="index">As for <see cref="GetFailure"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There were not so many failures.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="GetGraph()"/>.</exception>
    public ResolveGraph GetGraph(int index) => _details.GetFailureGraph(index);
}

/// <summary>The question has no answer because its input is wrong: rez raises an exception instead of failing.</summary>
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

    /// <summary>The reason in words: that of the callback, or rez's "time limit exceeded".</summary>
    public string Message { get; }
}

/// <summary>What can be wrong with the input of a solve.</summary>
public enum ResolveErrorKind
{
    /// <summary>A family that no repository has. rez's <c>PackageFamilyNotFoundError</c>.</summary>
    PackageFamilyNotFound,

    /// <summary>A family without a version in the range. rez's <c>PackageNotFoundError</c>.</summary>
    PackageNotFound,

    /// <summary>A package whose own requirements contradict each other. rez's <c>ResolveError</c>.</summary>
    PackageConflict,

    /// <summary>A requirement, version, filter or orderer that does not parse.</summary>
    InvalidSyntax,

    /// <summary>Package data that cannot be read: see <see cref="PackageDataException"/>.</summary>
    PackageData,

    /// <summary>An orderer of the caller's own that failed or contradicts itself: see <see cref="IPackageOrderer"/>.</summary>
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
    /// Such as <c>foo-1.2[0]</c>; <c>foo-1.2</c> where there are no variants, <c>foo</c> where there is no version.
    /// </summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}{(Version is { Length: > 0 } ? "-" : "")}{Version}{(VariantIndex is { } index ? $"[{index}]" : "")}"
        );
}

/// <summary>
/// What a solve took, in steps. Answers to <c>Solver.solve_stats</c>; counts that an engine does not keep are null.
/// </summary>
/// <param name="NumSolves">Solve steps taken.</param>
/// <param name="NumFails">Solve steps that failed, among those taken.</param>
public sealed record SolveStatistics(int NumSolves, int NumFails)
{
    /// <summary>Dependencies extracted.</summary>
    public int? NumExtractions { get; init; }

    /// <summary>Scopes that an extraction narrowed.</summary>
    public int? NumIntersections { get; init; }

    /// <summary>Slices whose versions were tested against a range.</summary>
    public int? NumIntersectionTests { get; init; }

    /// <summary>Slices that were asked to intersect.</summary>
    public int? NumIntersectionBroadTests { get; init; }

    /// <summary>Scopes that were reduced.</summary>
    public int? NumReductions { get; init; }

    /// <summary>Slices whose variants were tested against a requirement.</summary>
    public int? NumReductionTests { get; init; }

    /// <summary>Scopes that were asked to reduce.</summary>
    public int? NumReductionBroadTests { get; init; }

    /// <summary>How long the solve took, definitions loaded included.</summary>
    public TimeSpan SolveTime { get; init; }

    /// <summary>How much of it went into loading definitions; null where it was not measured.</summary>
    public TimeSpan? LoadTime { get; init; }
}
