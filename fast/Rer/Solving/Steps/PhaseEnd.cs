namespace Rer.Solving.Steps;

/// <summary>How a phase ended.</summary>
internal enum PhaseEnd
{
    /// <summary>Nothing is left to do without choosing: the phase is solved or is split.</summary>
    Exhausted,
    Failed,
    Error,
    Stopped,
}
