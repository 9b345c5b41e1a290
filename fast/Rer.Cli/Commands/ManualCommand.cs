using System.CommandLine;
using Rer.Cli.Rendering;

namespace Rer.Cli.Commands;

/// <summary><c>rer manual</c>: the manual page, of which an archive of the command carries a copy.</summary>
internal sealed class ManualCommand : Command
{
    public ManualCommand(Terminal terminal)
        : base(
            "manual",
            "Prints the manual page, which 'man -l' shows: all commands, options, exit codes and variables."
        ) =>
        SetAction(_ =>
        {
            terminal.Output.Write(
                ManualPage.Of(
                    CommandLine.CreateRoot([], terminal),
                    typeof(ManualCommand).Assembly.GetName().Version!.ToString(3)
                )
            );
            return ExitCode.Solved;
        });
}
