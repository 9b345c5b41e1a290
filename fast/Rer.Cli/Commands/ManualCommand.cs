using System.CommandLine;
using Rer.Cli.Rendering;

namespace Rer.Cli.Commands;

/// <summary><c>rer manual</c>: the manual page. An archive of the command contains a copy.</summary>
internal sealed class ManualCommand : Command
{
    /// <summary>Creates the command.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="createRoot">Creates the root command with all its subcommands.</param>
    public ManualCommand(Terminal terminal, Func<Command> createRoot)
        : base(
            "manual",
            "Prints the manual page: all commands, options, exit codes and variables. 'man -l' shows it."
        ) =>
        SetAction(_ =>
        {
            terminal.Output.Write(
                ManualPage.Of(createRoot(), typeof(ManualCommand).Assembly.GetName().Version!.ToString(3))
            );
            return ExitCode.Solved;
        });
}
