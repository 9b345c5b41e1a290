using Rer.Asking;

namespace Rer.Solving;

/// <summary>Counts the steps of a solve, and decides when it has to stop.</summary>
internal sealed class SolveLimits
{
    private ResolveOptions _options = ResolveOptions.Default;
    private Func<int, string> _phaseText = _ => "";
    private CancellationToken _cancellation;
    private long _deadline;
    private int _ticks;

    /// <summary>The number of steps.</summary>
    internal int NumSolves { get; private set; }

    /// <summary>The number of failed steps.</summary>
    internal int NumFails { get; private set; }

    /// <summary>Why the solve was stopped, or made to fail early.</summary>
    internal SolveInterruption? Interruption { get; private set; }

    /// <summary>Begins a solve.</summary>
    /// <param name="input">The question.</param>
    /// <param name="phaseText">Returns the latest phase after a number of steps, as rez prints it, for a callback that
    /// asks for it.</param>
    /// <param name="cancellation">Ends the solve.</param>
    internal void Begin(SolveInput input, Func<int, string> phaseText, CancellationToken cancellation)
    {
        NumSolves = 0;
        NumFails = 0;
        Interruption = null;
        _options = input.Options;
        _phaseText = phaseText;
        _cancellation = cancellation;
        _deadline = input.Deadline;
    }

    /// <summary>Releases everything that the last caller passed in.</summary>
    internal void ForgetQuestion()
    {
        _options = ResolveOptions.Default;
        _phaseText = _ => "";
        _cancellation = default;
    }

    /// <summary>Counts a step.</summary>
    internal void CountStep() => NumSolves++;

    /// <summary>Counts a step that failed.</summary>
    internal void CountFail() => NumFails++;

    /// <summary>
    /// Checks limits and callback between two steps, in the order of rez's <c>ResolvedContext.Callback</c>. Corresponds
    /// to <c>Solver._do_callback</c>.
    /// </summary>
    /// <param name="verdict">How the solve ends, if it does.</param>
    internal bool AskToStop(out Verdict verdict)
    {
        verdict = Verdict.Unsolved;
        if (_cancellation.IsCancellationRequested)
        {
            verdict = Stop();
            return true;
        }

        if (NumFails >= _options.MaxFails)
        {
            // rez's callback then asks to fail and checks nothing else. Its solver ignores that as long as nothing has
            // failed.
            if (NumFails > 0)
            {
                Interruption = SolveInterruption.Failing($"fail limit reached: aborted after {NumFails} failures");
                verdict = Verdict.Failed;
            }

            return NumFails > 0;
        }

        if (_deadline != long.MaxValue && _options.Clock.GetTimestamp() > _deadline)
        {
            verdict = Stop();
            return true;
        }

        return _options.Callback is { } callback && Ask(callback, out verdict);
    }

    /// <summary>
    /// Whether the solve was cancelled in the middle of a phase. The time limit is checked only between steps, as in
    /// rez, so that it ends the same step.
    /// </summary>
    /// <remarks>Called once per round, and once per scope that others are reduced against. The token is checked only
    /// now and then.</remarks>
    internal bool IsInterrupted() => (++_ticks & 15) == 0 && IsCancelled();

    /// <summary>Stops the solve, which was cancelled or whose time is over.</summary>
    internal Verdict Stop()
    {
        Interruption = _cancellation.IsCancellationRequested
            ? SolveInterruption.Stopping(StopReason.Cancelled, "the solve was cancelled")
            : SolveInterruption.Stopping(StopReason.TimeLimit, "time limit exceeded");
        return Verdict.Stopped;
    }

    /// <summary>Whether the solve has been cancelled. Checks the token every time.</summary>
    internal bool IsCancelled()
    {
        _options.Pulse?.Invoke();
        if (_cancellation.IsCancellationRequested)
        {
            Stop();
            return true;
        }

        return false;
    }

    private bool Ask(SolverCallback callback, out Verdict verdict)
    {
        int steps = NumSolves;
        Func<int, string> phaseText = _phaseText;
        (SolverCallbackReturn answer, string reason) = callback(
            new SolverState(NumSolves, NumFails, () => phaseText(steps))
        );
        if (answer == SolverCallbackReturn.Abort)
        {
            Interruption = SolveInterruption.Stopping(StopReason.Callback, reason);
            verdict = Verdict.Stopped;
            return true;
        }

        bool fails = answer == SolverCallbackReturn.Fail && NumFails > 0;
        if (fails)
        {
            Interruption = SolveInterruption.Failing(reason);
        }

        verdict = fails ? Verdict.Failed : Verdict.Unsolved;
        return fails;
    }
}
