using System.CommandLine;
using Rer.Cli;

namespace Rer.Tests.Cli;

/// <summary>A run of <c>rer</c> in this process, as in a pipe, with its output and exit code.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>The only line of the error stream. There must be no other.</summary>
    public string ErrorLine => Error.TrimEnd('\n').ShouldNotContainLineBreak();

    public static Task<CliRun> Of(params string[] arguments) =>
        Of(terminal => CommandLine.RunAsync(arguments, terminal, TestContext.Current.CancellationToken));

    /// <summary>Runs another command that writes to a terminal as <c>rer</c> does.</summary>
    public static Task<CliRun> Of(Func<Terminal, Command> create, params string[] arguments) =>
        Of(terminal =>
            CommandLine.RunAsync(create(terminal), arguments, terminal, TestContext.Current.CancellationToken)
        );

    private static async Task<CliRun> Of(Func<Terminal, Task<int>> run)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = await run(new Terminal(output, error));
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }
}

internal static class LineAssertions
{
    public static string ShouldNotContainLineBreak(this string text)
    {
        text.ShouldNotContain('\n');
        return text;
    }
}
