using System.CommandLine;
using Rer.Insights.Pages;

namespace Rer.Cli.Commands;

/// <summary>
/// <c>rer completion</c>: a script that makes a shell complete commands, options, families, versions and paths.
/// </summary>
internal sealed class CompletionCommand : Command
{
    private static readonly string[] s_shells = ["bash", "zsh", "fish"];

    public CompletionCommand(Terminal terminal)
        : base(
            "completion",
            "Prints a script for your shell that completes commands, options, families, versions and paths."
        )
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong(s_shells);
        Add(shell);
        SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(shell);
            // The parser does not check values after '--'.
            if (!s_shells.Contains(name))
            {
                throw new BadInputException(
                    $"'{name}' is not a shell with completion; there is completion for {string.Join(", ", s_shells)}"
                );
            }
            terminal.Output.Write(EmbeddedText.Read($"completion.{name}", typeof(CompletionCommand).Assembly));
            return ExitCode.Solved;
        });
    }
}
