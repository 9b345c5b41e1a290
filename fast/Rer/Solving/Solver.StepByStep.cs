using Rer.Compiling;
using Rer.Replaying;

namespace Rer.Solving;

/// <summary>
/// A solve taken step by step as rez does, by the replay that otherwise only finds texts. Needed where orderers of
/// different kinds meet: there the preferred variant depends on the order that a list happens to be in.
/// </summary>
internal sealed partial class Solver
{
    /// <summary>The phase that solved a solve taken step by step; null for others.</summary>
    private ReplayPhase? _solvedPhase;

    private Verdict SolveStepByStep(SolveInput input, CancellationToken cancellation)
    {
        Begin(input, cancellation);
        try
        {
            Replay replay = Replay.Begin(input);
            while (true)
            {
                ReplayPhase phase = replay.Step(cancellation);
                NumSolves++;
                NumFails = replay.NumFails;
                switch (phase.Status)
                {
                    case PhaseStatus.Solved:
                        _solvedPhase = phase;
                        return Verdict.Solved;
                    case PhaseStatus.Cyclic:
                        return Verdict.Cyclic;
                    case PhaseStatus.Failed when replay.IsAtEnd:
                        return Verdict.Failed;
                }

                if (AskToStop(out Verdict verdict))
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
            Interrupt();
            return Verdict.Stopped;
        }
    }

    private static (ResolvedPackage[] Packages, string[] Ephemerals) ResolvedStepByStep(ReplayPhase phase)
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
            int variant = scope.Slice.FirstVariant;
            packages.Add(
                new ResolvedPackage(
                    scope.Name,
                    family.Listing.Texts[family.VersionOf[variant]],
                    family.IndexOf(variant)
                )
            );
        }

        return ([.. packages], [.. ephemerals]);
    }
}
