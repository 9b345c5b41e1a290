using Rer.Policies;

namespace Rer.Solving;

/// <summary>How a fast solve ended.</summary>
internal enum Verdict
{
    /// <summary>It has not.</summary>
    Unsolved,

    Solved,
    Failed,

    /// <summary>Failed because of a cycle, which ends a solve at once.</summary>
    Cyclic,

    /// <summary>The input is wrong; the replay says what.</summary>
    Error,
    Stopped,
}

/// <summary>
/// The fast solve: rez's algorithm over numbers and bits. It decides what resolves, in what order, and after how many
/// steps; texts and graphs are left to <c>Replaying</c>, which repeats the solve step by step when one is asked for.
/// </summary>
/// <remarks>
/// One object serves many solves, one after the other, and grows to the largest. The parts: Scopes (the state) and
/// Backtracking, Rounds of Extraction with Joining, Uniting and Narrowing, ReadingAhead, Judging (what ends a round that
/// went wrong), Reduction, Splitting, Finalising with Ordering, StepByStep (for the rare solve that bits do not decide).
/// This file is the main loop, <c>Solver.solve</c> and <c>Solver.solve_step</c>.
/// </remarks>
internal sealed partial class Solver
{
    private readonly EngineSwitches _switches;
    private readonly List<RequestItem> _request = [];
    private readonly HashSet<int> _requestFamilies = [];
    private readonly VariantOrder _variantOrder;
    private readonly CompiledRepository _repository;

    private ResolveOptions _options = ResolveOptions.Default;
    private SolveInput _input = null!;
    private OrdererList _orderers = null!;
    private FamilyLoader _loader = null!;
    private CancellationToken _cancellation;
    private long _deadline;
    private int _ticks;

    internal Solver(CompiledRepository repository, EngineSwitches switches)
    {
        _repository = repository;
        _switches = switches;
        _variantOrder = new VariantOrder(switches.RememberVariantOrder);
    }

    /// <summary>The optimisations it uses.</summary>
    internal EngineSwitches Switches => _switches;

    /// <summary>Steps taken.</summary>
    internal int NumSolves { get; private set; }

    /// <summary>Steps that failed.</summary>
    internal int NumFails { get; private set; }

    /// <summary>Why the solve was stopped, or failed before its time.</summary>
    internal SolveInterruption? Interruption { get; private set; }

    /// <summary>Lets go of what the last caller gave: its callback, its clock, its orderers.</summary>
    internal void ForgetQuestion()
    {
        _options = ResolveOptions.Default;
        _input = null!;
        _orderers = null!;
        _loader = null!;
        _readAhead = null;
        _solvedPhase = null;
        _cancellation = default;
        _variantOrder.ForgetOrderers();
        _versionOrders.Begin(null);
    }

    /// <summary>Runs a solve of a question about the repository to its end.</summary>
    internal Verdict Solve(SolveInput input, CancellationToken cancellation)
    {
        Begin(input, cancellation);
        if (RequestReader.Merge(input, _switches.KnownRequirements, _request, _requestFamilies) is not null)
        {
            // A request that contradicts itself fails before any scope exists.
            NumFails = 1;
            return Verdict.Failed;
        }

        _variantOrder.Reset(input, _request);
        if (_options.Callback is not null && input.HasOrderers)
        {
            // It could turn out on the way that the solve must be repeated, and the callback be called twice.
            return SolveStepByStep(input, cancellation);
        }

        Verdict verdict = SolveByBits();

        // rez asks for the releases of all that a variant requires, and raises where that is an ephemeral. Only step by
        // step is it known whether it comes to that.
        bool mayRaise = input.Orderers.AskForReleases && _repository.KnowsEphemerals && verdict != Verdict.Stopped;
        verdict = mayRaise || verdict == Verdict.Unsolved ? SolveStepByStep(input, cancellation) : verdict;
        if (verdict is Verdict.Solved or Verdict.Failed or Verdict.Cyclic)
        {
            _orderers.AskReached();
        }

        return verdict;
    }

    /// <summary>Runs the solve; unsolved where bits do not decide it.</summary>
    private Verdict SolveByBits()
    {
        if (!AddRequestedScopes())
        {
            return Verdict.Error;
        }

        PhaseEnd phase = RunPhase();
        while (true)
        {
            Verdict verdict = EndStep(phase);
            if (verdict != Verdict.Unsolved)
            {
                return verdict;
            }

            if (AskToStop(out verdict))
            {
                return verdict;
            }

            if (phase == PhaseEnd.Failed)
            {
                TakeSecondHalf();
            }
            else if (!Split())
            {
                return Verdict.Unsolved;
            }

            phase = RunPhase();
        }
    }

    private void Begin(SolveInput input, CancellationToken cancellation)
    {
        NumSolves = 0;
        NumFails = 0;
        Interruption = null;
        _solvedPhase = null;
        _options = input.Options;
        _input = input;
        _orderers = input.Orderers;
        _versionOrders.Begin(input.Orderers);
        _loader = new FamilyLoader(input.Repository, input.Filters);
        _readAhead = null;
        _cancellation = cancellation;
        _deadline = input.Deadline;
        ResetScopes();
    }

    /// <summary>Counts a step and says whether the solve is at its end. <c>Solver.status</c>.</summary>
    private Verdict EndStep(PhaseEnd phase)
    {
        if (phase is PhaseEnd.Error)
        {
            return Verdict.Error;
        }

        if (phase is PhaseEnd.Stopped)
        {
            return Verdict.Stopped;
        }

        NumSolves++;
        if (phase == PhaseEnd.Failed)
        {
            NumFails++;
            return _markCount == 0 ? Verdict.Failed : Verdict.Unsolved;
        }

        if (FindUnsolved() >= 0)
        {
            return Verdict.Unsolved;
        }

        if (!OrderScopes())
        {
            NumFails++;
            return Verdict.Cyclic;
        }

        return Verdict.Solved;
    }

    /// <summary>
    /// Limits and callback, in the order of rez's <c>ResolvedContext.Callback</c>, between two steps.
    /// <c>Solver._do_callback</c>.
    /// </summary>
    private bool AskToStop(out Verdict verdict)
    {
        verdict = Verdict.Unsolved;
        if (_cancellation.IsCancellationRequested)
        {
            Interrupt();
            verdict = Verdict.Stopped;
            return true;
        }

        if (NumFails >= _options.MaxFails)
        {
            // With no failure so far rez's solver ignores the limit, and its callback has not asked for more.
            if (NumFails > 0)
            {
                Interruption = SolveInterruption.Failing($"fail limit reached: aborted after {NumFails} failures");
                verdict = Verdict.Failed;
            }

            return NumFails > 0;
        }

        if (PastDeadline())
        {
            Interrupt();
            verdict = Verdict.Stopped;
            return true;
        }

        if (_options.Callback is not { } callback)
        {
            return false;
        }

        (SolverCallbackReturn answer, string reason) = callback(StateForCallback());
        if (answer == SolverCallbackReturn.Abort)
        {
            Interruption = SolveInterruption.Stopping(StopReason.Callback, reason);
            verdict = Verdict.Stopped;
            return true;
        }

        if (answer == SolverCallbackReturn.Fail && NumFails > 0)
        {
            Interruption = SolveInterruption.Failing(reason);
            verdict = Verdict.Failed;
            return true;
        }

        return false;
    }

    private SolverState StateForCallback()
    {
        SolveInput input = _input;
        int steps = NumSolves;
        return new SolverState(NumSolves, NumFails, () => Replaying.Replay.PhaseText(input, steps));
    }

    /// <summary>
    /// Runs a phase: extract to the end, then reduce to the end, and again until nothing changes.
    /// <c>_ResolvePhase.solve</c>.
    /// </summary>
    private PhaseEnd RunPhase()
    {
        while (true)
        {
            while (GatherRound())
            {
                PhaseEnd round = ExtractRound();
                if (round != PhaseEnd.Exhausted)
                {
                    return round;
                }
            }

            if (!HasReductions)
            {
                return PhaseEnd.Exhausted;
            }

            PhaseEnd reduced = ReduceAll();
            if (reduced != PhaseEnd.Exhausted)
            {
                return reduced;
            }
        }
    }

    /// <summary>
    /// Whether the solve was cancelled in the middle of a phase. The time limit is looked at between steps alone, as in
    /// rez, so that the step it ends is the same.
    /// </summary>
    private bool Interrupted()
    {
        if ((++_ticks & 63) != 0)
        {
            return false;
        }

        _options.Pulse?.Invoke();
        if (!_cancellation.IsCancellationRequested)
        {
            return false;
        }

        Interrupt();
        return true;
    }

    private bool PastDeadline() => _deadline != long.MaxValue && _options.Clock.GetTimestamp() > _deadline;

    private void Interrupt() =>
        Interruption = _cancellation.IsCancellationRequested
            ? SolveInterruption.Stopping(StopReason.Cancelled, "the solve was cancelled")
            : SolveInterruption.Stopping(StopReason.TimeLimit, "time limit exceeded");
}

/// <summary>How a phase ended.</summary>
internal enum PhaseEnd
{
    /// <summary>Nothing is left to do without choosing: the phase is solved or is split.</summary>
    Exhausted,
    Failed,
    Error,
    Stopped,
}
