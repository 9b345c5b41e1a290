using Rer.Compiling;
using Rer.Versions;

namespace Rer.Replaying;

/// <summary>The state of a phase: the values of <c>rez.solver.SolverStatus</c> that a phase can have.</summary>
internal enum PhaseStatus
{
    Pending,
    Exhausted,
    Solved,
    Failed,
    Cyclic,
}

/// <summary>
/// A phase taken step by step as in rez, in rez's order, with ranges where rez has ranges. It is slower than the solver
/// and always exact. Corresponds to <c>_ResolvePhase</c>.
/// </summary>
internal sealed class ReplayPhase
{
    private readonly ReplayContext _context;
    private readonly HashSet<ScopeId> _changed;

    private ReplayPhase(
        ReplayContext context,
        IReadOnlyList<ReplayScope> scopes,
        PhaseStatus status,
        HashSet<ScopeId> changed,
        FailureReason? reason,
        ExtractionLog extractions
    )
    {
        _context = context;
        Scopes = scopes;
        Status = status;
        _changed = changed;
        Reason = reason;
        Extractions = extractions;
    }

    internal IReadOnlyList<ReplayScope> Scopes { get; }

    internal PhaseStatus Status { get; }

    /// <summary>Why the phase failed; null if it did not fail, or failed because a family is missing.</summary>
    internal FailureReason? Reason { get; }

    /// <summary>What was extracted in this phase.</summary>
    internal ExtractionLog Extractions { get; }

    /// <summary>The first phase of a solve. Corresponds to <c>_ResolvePhase.__init__</c>.</summary>
    internal static ReplayPhase First(ReplayContext context)
    {
        List<ReplayScope> scopes = [];
        foreach (RequestItem item in context.Request)
        {
            scopes.Add(ReplayScope.Of(context, item.Slot, item.Value));
        }

        return new ReplayPhase(
            context,
            scopes,
            PhaseStatus.Pending,
            [.. Enumerable.Range(0, scopes.Count).Select(number => new ScopeId(number))],
            null,
            new()
        );
    }

    /// <summary>The phase of a request that contradicts itself. It failed before it had scopes.</summary>
    internal static ReplayPhase OfConflict(ReplayContext context, RequirementConflict conflict) =>
        new(context, [], PhaseStatus.Failed, [], new ConflictReason(conflict.Existing, conflict.Added), new());

    /// <summary>Runs the phase. Corresponds to <c>solve</c>.</summary>
    internal ReplayPhase Solve(CancellationToken cancellation)
    {
        if (Status != PhaseStatus.Pending)
        {
            return this;
        }

        PhaseRun run = new(_context, Scopes, _changed, cancellation);
        bool failed = !run.Run();
        List<ReplayScope> scopes = run.Scopes;
        PhaseStatus status =
            failed ? PhaseStatus.Failed
            : scopes.TrueForAll(scope => scope.IsSolved) ? PhaseStatus.Solved
            : PhaseStatus.Exhausted;
        return new ReplayPhase(_context, scopes, status, [], run.Reason, run.Extractions);
    }

    /// <summary>Cuts the first scope that can be cut. Corresponds to <c>split</c>.</summary>
    internal (ReplayPhase First, ReplayPhase Next) Split()
    {
        int at = 0;
        while (Scopes[at].Slice is not { Count: > 1 })
        {
            at++;
        }

        (ReplaySlice first, ReplaySlice rest) = Scopes[at].Slice!.Split();
        return (WithScope(at, first), WithScope(at, rest));
    }

    /// <summary>
    /// Removes conflict scopes, searches for a cycle, and orders by dependency. Corresponds to <c>finalise</c>.
    /// </summary>
    internal ReplayPhase Finalise()
    {
        List<ReplayScope> resolved = [.. Scopes.Where(scope => !scope.IsConflict)];
        IReadOnlyList<ReplayScope>? cycle = CycleFinder.Find(resolved);
        return new ReplayPhase(
            _context,
            cycle is null ? DependencyOrder.Of(resolved, _context.Request) : resolved,
            cycle is null ? Status : PhaseStatus.Cyclic,
            [],
            cycle is null ? null : new CycleReason(cycle),
            Extractions
        );
    }

    /// <inheritdoc />
    public override string ToString() => string.Join(' ', Scopes);

    private ReplayPhase WithScope(int at, ReplaySlice slice)
    {
        ReplayScope[] scopes = [.. Scopes];
        scopes[at] = scopes[at].With(slice);
        return new ReplayPhase(_context, scopes, PhaseStatus.Pending, [new ScopeId(at)], null, Extractions);
    }
}
