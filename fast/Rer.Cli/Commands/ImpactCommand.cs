using System.CommandLine;
using Rer.Cli.Input;
using Rer.Cli.Rendering;

namespace Rer.Cli.Commands;

/// <summary><c>rer impact</c>: the effect that a change would have on requests.</summary>
internal sealed class ImpactCommand : Command
{
    private readonly Terminal _terminal;
    private readonly RequestFileOptions _requests = new();
    private readonly WorldOptions _worlds = new();

    private readonly Option<int> _explain = new("--explain")
    {
        Description =
            "Of how many different failures to find the fewest requirements that cannot go together, those of most requests "
            + "first. One may take a second.",
        HelpName = "N",
        DefaultValueFactory = _ => ImpactFinder.DefaultExplained,
    };

    private readonly Option<string> _format = new("--format")
    {
        Description =
            "What to print. table: a summary, what changes by package, and what fails by request. json: all of it. html: a page "
            + "to sort, filter and print. sarif: what tools of code review read (SARIF 2.1.0), of each request that changes.",
        HelpName = "table|json|html|sarif",
        DefaultValueFactory = _ => "table",
    };

    private readonly Option<string?> _failOn = new("--fail-on")
    {
        Description = "Exit with 1 if a request fails newly, or if any request comes to something else.",
        HelpName = "newly-failing|any-change",
    };

    public ImpactCommand(Terminal terminal)
        : base(
            "impact",
            "Resolves requests before and after a change, on all cores, and tells which come to something else and why. The "
                + "change is made to nothing but this command's view. A solve is given up after 2000 failed steps, unless "
                + "--max-fails says otherwise: then the request is undecided. Exit codes: 0, 1 as --fail-on says, 2 wrong "
                + "input, 3 no time was left, 130 interrupted."
        )
    {
        _terminal = terminal;
        _format.AcceptOnlyFromAmong("table", "json", "html", "sarif");
        _failOn.AcceptOnlyFromAmong("newly-failing", "any-change");
        _requests.AddTo(this);
        _worlds.AddTo(this);
        Add(_explain);
        Add(_format);
        Add(_failOn);
        SetAction(
            (parsed, cancellationToken) => Task.Run(() => Run(parsed, cancellationToken), CancellationToken.None)
        );
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_worlds.TimeLimit(parsed), cancellationToken);
        IReadOnlyList<ImpactRequest> requests = _requests.Read(parsed);
        TwoWorlds worlds = deadline.Do(() => _worlds.Read(parsed));
        using IDisposable opened = deadline.Owned(worlds);
        foreach (string note in worlds.Notes)
            _terminal.WriteErrorLine($"rer: {note}", Styles.Note);
        ImpactReport report = deadline.Do(() =>
            ProgressBar.Run<int, ImpactReport>(
                _terminal,
                "resolving",
                done => (done, 2 * requests.Count),
                progress =>
                    ImpactFinder.Find(
                        requests,
                        worlds.Before,
                        worlds.After,
                        Math.Max(0, parsed.GetValue(_explain)),
                        progress,
                        deadline.Token
                    )
            )
        );
        worlds.SaveIndexes();
        Write(parsed, report, worlds);
        return parsed.GetValue(_failOn) switch
        {
            "newly-failing" when report.Count(ImpactKind.NewlyFailing) > 0 => ExitCode.Failed,
            "any-change" when report.Count(ImpactKind.Unchanged) < requests.Count => ExitCode.Failed,
            _ => ExitCode.Solved,
        };
    }

    private void Write(ParseResult parsed, ImpactReport report, TwoWorlds worlds)
    {
        switch (parsed.GetValue(_format))
        {
            case "json":
                ImpactJson.Write(report, _terminal.Output);
                break;
            case "html":
                _terminal.Output.Write(ImpactPage.Of(report, worlds.Change).ToHtml());
                break;
            case "sarif":
                ImpactSarif.Write(report, _terminal.Output);
                break;
            default:
                ImpactText.Write(report, _terminal);
                break;
        }
    }
}
