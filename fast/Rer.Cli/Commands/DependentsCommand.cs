using System.CommandLine;
using Rer.Cli.Input;
using Rer.Cli.Rendering;

namespace Rer.Cli.Commands;

/// <summary><c>rer dependents</c>: the packages that require a package, directly or indirectly.</summary>
internal sealed class DependentsCommand : Command
{
    private readonly Terminal _terminal;
    private readonly PackageInputOptions _input = new();

    private readonly Argument<string> _package = new("PACKAGE")
    {
        HelpName = "PACKAGE",
        Description = "A family, or a family and a range of its versions: python, python-3.10, 'python>=3.10'.",
    };

    private readonly Option<bool> _latest = new("--latest")
    {
        Description = "Look only at the latest version of each family that may require it.",
    };

    private readonly Option<int> _depth = new("--depth")
    {
        Description =
            "How many requirements may lie between; 1 for what requires the package itself. Default: any number.",
        HelpName = "N",
        DefaultValueFactory = _ => int.MaxValue,
    };

    private readonly Option<bool> _build = new("--build", "-b") { Description = "Count build requirements, too." };

    private readonly Option<string> _format = new("--format")
    {
        Description =
            "What to print. tree: below each package what requires it. json: all of it. dot, svg, html: a graph.",
        HelpName = "tree|json|dot|svg|html",
        DefaultValueFactory = _ => "tree",
    };

    public DependentsCommand(Terminal terminal)
        : base(
            "dependents",
            "Tells what requires a package, directly and through others, and in which ranges. A requirement counts if its range "
                + "holds one of the versions; conflicts (!) and weak references (~) do not, as they bring nothing in. Nothing "
                + "is resolved. Exit codes: 0 told, also where nothing requires it; 2 wrong input."
        )
    {
        _terminal = terminal;
        _package.CompletionSources.Add(_input.Completions.Of);
        Add(_package);
        _input.AddTo(this);
        _format.AcceptOnlyFromAmong("tree", "json", "dot", "svg", "html");
        _depth.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int depth) && depth < 1)
                result.AddError("--depth: expected 1 or more");
        });
        Add(_latest);
        Add(_depth);
        Add(_build);
        Add(_format);
        SetAction(
            (parsed, cancellationToken) => Task.Run(() => Run(parsed, cancellationToken), CancellationToken.None)
        );
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        using OpenRepository repository = _input.Open(parsed, _terminal);
        var options = new DependentsOptions
        {
            LatestOnly = parsed.GetValue(_latest),
            MaxDistance = parsed.GetValue(_depth),
            Building = parsed.GetValue(_build),
        };
        Dependents dependents = InsightProgressBar.Run(
            _terminal,
            progress =>
                DependentsFinder.Find(
                    repository.Packages,
                    parsed.GetRequiredValue(_package),
                    options,
                    progress,
                    cancellationToken
                )
        );
        repository.SaveIndex();
        switch (parsed.GetValue(_format))
        {
            case "json":
                DependentsJson.Write(dependents, _terminal.Output);
                break;
            case "dot":
                _terminal.Output.Write(DotWriter.Write(DependentsView.Of(dependents)));
                break;
            case "svg":
                _terminal.Output.Write(SvgWriter.Write(DependentsView.Of(dependents)));
                break;
            case "html":
                _terminal.Output.Write(
                    HtmlWriter.Write(
                        DependentsView.Of(dependents),
                        dependents.Package,
                        $"required by {dependents.Families.Count} families"
                    )
                );
                break;
            default:
                DependentsText.Write(dependents, _terminal);
                break;
        }
        return ExitCode.Solved;
    }
}
