using Rer.Asking;
using Rer.Compiling;
using Rer.Versions;

namespace Rer.Replaying;

/// <summary>The failure that a solve reports.</summary>
/// <param name="Index">Its index, from 0, in the order in which failures happened.</param>
/// <param name="Reason">The reason given by a limit or callback that ended the solve; null if there was none.</param>
internal sealed record ReportedFailure(int Index, string? Reason);

/// <summary>
/// Provides the texts and graphs of a result when a caller wants them, by replaying its solve. Each text is computed
/// once.
/// </summary>
/// <param name="input">The question.</param>
/// <param name="numFails">The number of failed phases.</param>
/// <param name="reported">The failure that is reported; null for a solve that succeeded.</param>
internal sealed class ReplayedDetails(SolveInput input, int numFails, ReportedFailure? reported) : ISolveDetails
{
    /// <summary>
    /// Weak, because a phase is a thousand times as large as its text, and a caller may keep thousands of results. A
    /// caller that reads the text and then the graph still finds it.
    /// </summary>
    private WeakReference<ReplayPhase>? _reportedPhase;
    private SolveFailure? _reportedFailure;

    /// <inheritdoc />
    public ResolveGraph GetGraph() => Draw(ReportedPhase);

    /// <inheritdoc />
    public SolveFailure GetFailure(int? index)
    {
        if (index is { } chosen)
        {
            return FailureText.Of(Replay.FailedPhase(input, Checked(chosen)).Reason, null);
        }

        return _reportedFailure ??= FailureText.Of(ReportedPhase.Reason, reported?.Reason);
    }

    /// <inheritdoc />
    public ResolveGraph GetFailureGraph(int index) => Draw(Replay.FailedPhase(input, Checked(index)));

    private ReplayPhase ReportedPhase
    {
        get
        {
            if (_reportedPhase is null || !_reportedPhase.TryGetTarget(out ReplayPhase? phase))
            {
                phase = reported is null ? Replay.SolvedPhase(input) : Replay.FailedPhase(input, reported.Index);
                _reportedPhase = new WeakReference<ReplayPhase>(phase);
            }

            return phase;
        }
    }

    /// <summary>
    /// Draws a graph. Drawing reads packages that the phase may not have read. If one is invalid, rez raises.
    /// </summary>
    private ResolveGraph Draw(ReplayPhase phase)
    {
        try
        {
            return GraphBuilder.Build(phase, input);
        }
        catch (Exception e) when (e is ReplayErrorException or VersionSyntaxException or InputSyntaxException)
        {
            throw new InvalidOperationException($"the graph cannot be drawn: {e.Message}", e);
        }
    }

    private int Checked(int index)
    {
        int fromFirst = index < 0 ? numFails + index : index;
        return fromFirst >= 0 && fromFirst < numFails
            ? fromFirst
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"there were {numFails} failures");
    }
}
