using System.CommandLine;
using Rer.Cli.Input;
using Rer.Cli.Rendering;

namespace Rer.Cli.Commands;

/// <summary><c>rer bisect</c>: the release that broke a request.</summary>
internal sealed class BisectCommand : Command
{
    private readonly Terminal _terminal;
    private readonly ResolveInputOptions _input = new(withTime: false);

    private readonly Option<string> _good = new("--good")
    {
        Description =
            "A time when the request was as it should be: seconds since 1970 (1393014494) or how long ago (-10s, "
            + "-5m, -0.5h, -10d, -2w).",
        HelpName = "TIME",
        Required = true,
    };

    private readonly Option<string?> _bad = new("--bad")
    {
        Description = "A later time when it no longer is. Default: now, with everything that was ever released.",
        HelpName = "TIME",
    };

    private readonly Option<string?> _resolvesTo = new("--resolves-to")
    {
        Description =
            "What the request should resolve to: foo-1.2, foo-1.2[0], or any version in a range. Default: anything; "
            + "or, if it resolves at both times, what it resolves to at the good time.",
        HelpName = "PACKAGE",
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "What to print. table: the release and what it changed. json: everything.",
        HelpName = "table|json",
        DefaultValueFactory = _ => "table",
    };

    public BisectCommand(Terminal terminal)
        : base(
            "bisect",
            "Finds the release that broke a request. It resolves the request as of every release between the two "
                + "times that may matter, on all cores. So it also finds releases that broke and mended the request "
                + "several times. Packages without a timestamp count as always released. Exit codes: 0 found; 2 wrong "
                + "input, or nothing broke between the two times; 3 out of time; 130 interrupted."
        )
    {
        _terminal = terminal;
        Add(_good);
        Add(_bad);
        Add(_resolvesTo);
        _format.AcceptOnlyFromAmong("table", "json");
        Add(_format);
        _input.AddTo(this);
        SetAction(
            (parsed, cancellationToken) => Task.Run(() => Run(parsed, cancellationToken), CancellationToken.None)
        );
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_input.TimeLimit(parsed), cancellationToken);
        var options = new BisectOptions(EpochTime.Parse(parsed.GetRequiredValue(_good), TimeProvider.System))
        {
            Bad = parsed.GetValue(_bad) is { } bad ? EpochTime.Parse(bad, TimeProvider.System) : 0,
            ResolvesTo = parsed.GetValue(_resolvesTo),
        };
        ResolveInput input = deadline.Do(() => _input.Read(parsed));
        using IDisposable opened = deadline.Owned(input);
        input.WriteNotes(_terminal);
        BisectReport report = deadline.Do(() =>
            InsightProgressBar.Run(
                _terminal,
                progress =>
                    Bisector.Find(
                        Engines.Create(input.Engine),
                        input.Repository.Packages,
                        input.WholeRequest,
                        options with
                        {
                            Resolve = input.Options,
                        },
                        progress,
                        deadline.Token
                    )
            )
        );
        input.Repository.SaveIndex();
        if (parsed.GetValue(_format) == "json")
        {
            BisectJson.Write(report, _terminal.Output);
        }
        else
        {
            BisectText.Write(report, _terminal);
        }
        return ExitCode.Solved;
    }
}
