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
