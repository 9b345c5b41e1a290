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
            "For how many different failures to find the smallest set of requirements that contradict each other. "
            + "Failures of most requests come first. Each may take a second.",
        HelpName = "N",
        DefaultValueFactory = _ => ImpactFinder.DefaultExplained,
    };

    private readonly Option<string> _format = new("--format")
    {
        Description =
            "What to print. table: a summary, changes by package, and failures by request. json: everything. html: a "
            + "page to sort, filter and print. sarif: each request that changes, for code review tools (SARIF "
            + "2.1.0).",
        HelpName = "table|json|html|sarif",
        DefaultValueFactory = _ => "table",
    };

    private readonly Option<string?> _failOn = new("--fail-on")
    {
        Description = "Exit with 1 if a request newly fails, or if any request changes.",
        HelpName = "newly-failing|any-change",
    };

    public ImpactCommand(Terminal terminal)
        : base(
            "impact",
            "Shows what a change would do to requests. It resolves them before and after the change, on all cores. "
                + "Nothing is written to the packages. A solve gives up after 2000 failed steps, or --max-fails; its "
                + "request is then undecided. Exit codes: 0, 1 as --fail-on says, 2 wrong input, 3 out of time, 130 "
                + "interrupted."
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
        {
            _terminal.WriteErrorLine($"rer: {note}", Styles.Note);
        }
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
