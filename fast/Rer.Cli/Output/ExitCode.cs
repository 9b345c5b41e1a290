namespace Rer.Cli;

/// <summary>What the exit code of <c>rer</c> says. Part of its documented behaviour: scripts depend on it.</summary>
internal static class ExitCode
{
    /// <summary>The request resolved; all cases agreed.</summary>
    public const int Solved = 0;

    /// <summary>The request has no resolve; some cases differ.</summary>
    public const int Failed = 1;

    /// <summary>The question has no answer because its input is wrong. One line on the error stream says what.</summary>
    public const int BadInput = 2;

    /// <summary>A limit ended the solve before it had an answer.</summary>
    public const int Stopped = 3;

    /// <summary>What surrounds the question failed: the answer could not be written, there was not enough memory, a file
    /// that was there could not be read; or rer is at fault. One line on the error stream says what.</summary>
    public const int Broken = 4;

    /// <summary>Interrupted (128 + SIGINT, as shells have it).</summary>
    public const int Cancelled = 130;

    /// <summary>The code for a result.</summary>
    public static int Of(ResolveResult result) =>
        result switch
        {
            SolvedResult => Solved,
            FailedResult => Failed,
            ErrorResult => BadInput,
            StoppedResult { Reason: StopReason.Cancelled } => Cancelled,
            _ => Stopped,
        };
}
