using Rer.Cli.Input;

namespace Rer.Cli;

/// <summary>Turns an exception that ends a command into one line and an exit code.</summary>
internal static class Problems
{
    /// <summary>The exit code and the line, without the name of the program.</summary>
    public static (int ExitCode, string Problem) Describe(Exception exception) =>
        exception switch
        {
            BadInputException or PackageDataException => (ExitCode.BadInput, exception.Message),
            OperationCanceledException => (ExitCode.Cancelled, "cancelled"),
            TimeoutException => (ExitCode.Stopped, exception.Message),
            OutOfMemoryException => (ExitCode.Broken, "not enough memory"),
            AggregateException { InnerExceptions: [var inner, ..] } => Describe(inner),
            IOException or UnauthorizedAccessException when !WorkingDirectory.Exists => (
                ExitCode.BadInput,
                WorkingDirectory.Gone
            ),
            IOException or UnauthorizedAccessException => (ExitCode.Broken, exception.Message),
            _ => (
                ExitCode.Broken,
                $"this is a bug in rer, please report it: {exception.GetType().Name}: {exception.Message}".ReplaceLineEndings(
                    " "
                )
            ),
        };
}
