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
        Description = "Look only at the latest version of each family.",
    };

    private readonly Option<int?> _depth = new("--depth")
    {
        Description =
            "How many steps away a package may be; 1 for packages that require it directly. Default: any number.",
        HelpName = "N",
    };

    private readonly Option<bool> _build = new("--build", "-b") { Description = "Also count build requirements." };

    private readonly Option<string> _format = new("--format")
    {
        Description =
            "What to print. tree: each package with what requires it below. json: everything. dot, svg, html: a "
            + "graph.",
        HelpName = "tree|json|dot|svg|html",
        DefaultValueFactory = _ => "tree",
    };

    public DependentsCommand(Terminal terminal)
        : base(
            "dependents",
            "Lists what requires a package, directly or through other packages, and with which ranges. A requirement "
                + "counts if its range contains one of the versions. Conflicts (!) and weak references (~) do not count, "
                + "since they pull nothing in. Nothing is resolved. Exit codes: 0 done, even if nothing requires the "
                + "package; 2 wrong input."
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
            {
                result.AddError("--depth: expected 1 or more");
            }
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
            MaxDistance = parsed.GetValue(_depth) ?? int.MaxValue,
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
                        $"required by {Names.Count(dependents.Families.Count, "family", "families")}"
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
