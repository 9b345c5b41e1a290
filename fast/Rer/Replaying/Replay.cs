using Rer.Asking;

namespace Rer.Replaying;

/// <summary>
/// Technique: texts on demand. The solver only detects that a phase fails. When someone wants to know why, the solve is
/// repeated step by step as rez does it, up to the phase in question.
/// </summary>
internal sealed class Replay
{
    private readonly Stack<ReplayPhase> _phases = new();

    private Replay(ReplayContext context) =>
        _phases.Push(
            context.Conflict is { } conflict ? ReplayPhase.OfConflict(context, conflict) : ReplayPhase.First(context)
        );

    /// <summary>The number of phases that failed so far.</summary>
    internal int NumFails { get; private set; }

    /// <summary>Whether only the last phase is left.</summary>
    internal bool IsAtEnd => _phases.Count == 1;

    /// <summary>Begins a solve.</summary>
    /// <exception cref="ReplayErrorException">The request names something that does not exist.</exception>
    internal static Replay Begin(SolveInput input) => new(new ReplayContext(input));

    /// <summary>The latest phase that has not failed, after a number of steps, as rez prints it.</summary>
    internal static string PhaseText(SolveInput input, int steps)
    {
        Replay replay = Begin(input);
        for (int i = 0; i < steps; i++)
        {
            replay.Step();
        }

        return replay._phases.First(phase => phase.Status is not (PhaseStatus.Failed or PhaseStatus.Cyclic)).ToString();
    }

    /// <summary>A failed phase by index, counted from 0.</summary>
    internal static ReplayPhase FailedPhase(SolveInput input, int index)
    {
        Replay replay = Begin(input);
        ReplayPhase latest = replay._phases.Peek();
        if (latest.Status == PhaseStatus.Failed)
        {
            return latest;
        }

        do
        {
            latest = replay.Step();
        } while (replay.NumFails <= index);

        return latest;
    }

    /// <summary>The phase that solves a request which has a resolve.</summary>
    internal static ReplayPhase SolvedPhase(SolveInput input)
    {
        Replay replay = Begin(input);
        ReplayPhase latest;
        do
        {
            latest = replay.Step();
        } while (latest.Status != PhaseStatus.Solved);

        return latest;
    }

    /// <summary>The error that ends a solve.</summary>
    internal static ErrorResult Error(SolveInput input, SolveStatistics statistics)
    {
        try
        {
            Replay replay = Begin(input);
            while (true)
            {
                replay.Step();
            }
        }
        catch (ReplayErrorException e)
        {
            return new ErrorResult(e.Kind, e.Message, statistics);
        }
    }

    /// <summary>Takes a step. Corresponds to <c>Solver.solve_step</c>.</summary>
    /// <exception cref="ReplayErrorException">rez raises this out of a solve.</exception>
    /// <exception cref="OperationCanceledException">The solve was cancelled.</exception>
    internal ReplayPhase Step(CancellationToken cancellation = default)
    {
        ReplayPhase phase = _phases.Pop();
        if (phase.Status == PhaseStatus.Failed)
        {
            phase = _phases.Pop();
        }

        if (phase.Status == PhaseStatus.Exhausted)
        {
            (phase, ReplayPhase next) = phase.Split();
            _phases.Push(next);
        }

        phase = phase.Solve(cancellation);
        if (phase.Status == PhaseStatus.Solved)
        {
            phase = phase.Finalise();
        }

        NumFails += phase.Status is PhaseStatus.Failed or PhaseStatus.Cyclic ? 1 : 0;
        _phases.Push(phase);
        return phase;
    }
}
