namespace Rer.Cli;

/// <summary>The exit codes of <c>rer</c>. They are documented, because scripts depend on them.</summary>
internal static class ExitCode
{
    /// <summary>The request resolved, or all cases agreed.</summary>
    public const int Solved = 0;

    /// <summary>The request has no resolve, or some cases differ.</summary>
    public const int Failed = 1;

    /// <summary>The input is invalid, so there is no answer. One line on the error stream says why.</summary>
    public const int BadInput = 2;

    /// <summary>A limit ended the solve before it had an answer.</summary>
    public const int Stopped = 3;

    /// <summary>
    /// Something other than the input failed: the answer could not be written, memory ran out, an existing file could
    /// not be read, or there is a bug in rer. One line on the error stream says what.
    /// </summary>
    public const int Broken = 4;

    /// <summary>Interrupted (128 + SIGINT, as in shells).</summary>
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
