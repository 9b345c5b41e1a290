namespace Rer.Solving;

/// <summary>How a solve by the fast engine ended.</summary>
internal enum Verdict
{
    /// <summary>It has not ended, or bits cannot decide it and it has to be taken step by step.</summary>
    Unsolved,

    Solved,
    Failed,

    /// <summary>Failed because of a cycle, which ends a solve at once.</summary>
    Cyclic,

    /// <summary>The input is invalid. The replay says why.</summary>
    Error,
    Stopped,
}
