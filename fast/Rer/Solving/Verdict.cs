namespace Rer.Solving;

/// <summary>How a fast solve ended.</summary>
internal enum Verdict
{
    /// <summary>It has not; or bits do not decide it, and it has to be taken step by step.</summary>
    Unsolved,

    Solved,
    Failed,

    /// <summary>Failed because of a cycle, which ends a solve at once.</summary>
    Cyclic,

    /// <summary>The input is wrong; the replay says what.</summary>
    Error,
    Stopped,
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

/// <summary>Why a solve ended before its time.</summary>
/// <param name="Stop">What stopped it; null if it was made to fail.</param>
/// <param name="Reason">The reason in words.</param>
internal sealed record SolveInterruption(StopReason? Stop, string Reason)
{
    internal static SolveInterruption Stopping(StopReason stop, string reason) => new(stop, reason);

    internal static SolveInterruption Failing(string reason) => new(null, reason);
}
