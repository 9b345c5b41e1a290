namespace Rer.Solving;

/// <summary>Why a solve ended early.</summary>
/// <param name="Stop">What stopped it; null if it was made to fail.</param>
/// <param name="Reason">The reason in words.</param>
internal sealed record SolveInterruption(StopReason? Stop, string Reason)
{
    internal static SolveInterruption Stopping(StopReason stop, string reason) => new(stop, reason);

    internal static SolveInterruption Failing(string reason) => new(null, reason);
}
