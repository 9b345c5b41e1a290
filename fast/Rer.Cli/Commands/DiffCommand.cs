using System.CommandLine;
using Rer.Cli.Input;
using Rer.Cli.Rendering;

namespace Rer.Cli.Commands;

/// <summary><c>rer diff</c>: two resolves side by side.</summary>
internal sealed class DiffCommand : Command
{
    private readonly Terminal _terminal;

    private readonly Argument<string> _before = new("BEFORE")
    {
        Description = "A context that rez or 'rer solve --output' saved, or the output of 'rer solve --json'.",
        HelpName = "BEFORE",
    };

    private readonly Argument<string> _after = new("AFTER")
    {
        Description =
            "The other resolve. '-' reads it from the standard input, as in: rer solve --input A.rxt --output - | "
            + "rer diff A.rxt -",
        HelpName = "AFTER",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the differences as JSON." };

    public DiffCommand(Terminal terminal)
        : base(
            "diff",
            "Shows the packages that differ between two saved resolves, side by side. Exit codes: 0 none differ, 1 "
                + "some differ, 2 wrong input."
        )
    {
        _terminal = terminal;
        Add(_before);
        Add(_after);
        Add(_json);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        string beforeName = parsed.GetRequiredValue(_before);
        string afterName = parsed.GetRequiredValue(_after);
        if (beforeName == ContextFiles.Stream && afterName == ContextFiles.Stream)
        {
            throw new BadInputException(
                "only one of the two can be read from the standard input; name a file for the other"
            );
        }
        ResolvedContext before = ContextFiles.Read(beforeName);
        ResolvedContext after = ContextFiles.Read(afterName);
        DiffReport report = new(beforeName, before, afterName, after);
        if (parsed.GetValue(_json))
        {
            DiffRendering.WriteJson(report, _terminal.Output);
        }
        else
        {
            DiffRendering.WriteText(report, _terminal);
        }
        return report.IsSame ? ExitCode.Solved : ExitCode.Failed;
    }
}
