namespace Rer.Solving.Steps;

/// <summary>How a phase ended.</summary>
internal enum PhaseEnd
{
    /// <summary>Nothing is left to do without a choice: the phase is solved, or will be split.</summary>
    Exhausted,
    Failed,
    Error,
    Stopped,
}
