using Rer.Asking;
using Rer.Compiling;
using Rer.Solving;

namespace Rer.Replaying;

/// <summary>
/// A solve taken step by step as in rez, by the replay that otherwise only finds texts. It is needed where orderers of
/// different kinds meet, because then the preferred variant depends on the current order of a list.
/// </summary>
/// <param name="limits">Counts the steps.</param>
internal sealed class StepByStepSolve(SolveLimits limits)
{
    private ReplayPhase? _solved;

    /// <summary>Runs the solve to its end.</summary>
    internal Verdict Solve(SolveInput input, Func<int, string> phaseText, CancellationToken cancellation)
    {
        limits.Begin(input, phaseText, cancellation);
        try
        {
            Replay replay = Replay.Begin(input);
            while (true)
            {
                ReplayPhase phase = replay.Step(cancellation);
                limits.CountStep();
                switch (phase.Status)
                {
                    case PhaseStatus.Solved:
                        _solved = phase;
                        return Verdict.Solved;
                    case PhaseStatus.Cyclic:
                        limits.CountFail();
                        return Verdict.Cyclic;
                    case PhaseStatus.Failed:
                        limits.CountFail();
                        break;
                }

                if (phase.Status == PhaseStatus.Failed && replay.IsAtEnd)
                {
                    return Verdict.Failed;
                }

                if (limits.AskToStop(out Verdict verdict))
                {
                    return verdict;
                }
            }
        }
        catch (ReplayErrorException)
        {
            return Verdict.Error;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return limits.Stop();
        }
    }

    /// <summary>The resolved packages and ephemerals, in order.</summary>
    internal (ResolvedPackage[] Packages, string[] Ephemerals) Resolved() => ResolvedIn(_solved!);

    /// <summary>The resolved packages and ephemerals of a solved phase, in order.</summary>
    internal static (ResolvedPackage[] Packages, string[] Ephemerals) ResolvedIn(ReplayPhase phase)
    {
        List<ResolvedPackage> packages = [];
        List<string> ephemerals = [];
        foreach (ReplayScope scope in phase.Scopes)
        {
            if (scope.Slice is null)
            {
                ephemerals.Add(scope.Request.ToString());
                continue;
            }

            CompiledFamily family = scope.Slice.Family;
            packages.Add(family.ResolvedAs(scope.Slice.FirstVariant));
        }

        return ([.. packages], [.. ephemerals]);
    }
}
