using System.CommandLine;
using Rer.Books;
using Rer.Cli.Benchmarking;
using Rer.Cli.Checking;
using Rer.Cli.Input;
using Rer.Cli.Rendering;
using Spectre.Console;

namespace Rer.Cli.Commands;

/// <summary><c>rer bench</c>: the same workload through the engines, and through rez.</summary>
internal sealed class BenchCommand : Command
{
    private readonly Terminal _terminal;

    private readonly Option<string> _workload = new("--workload", "-w")
    {
        Description =
            "What to time: 'studio', the embedded book; 'rez', rez's own benchmark (see 'rer dataset fetch'); or a book.",
        HelpName = "rez|studio|BOOK",
        DefaultValueFactory = _ => Workload.Studio,
    };

    private readonly Option<string?> _book = new("--book")
    {
        Description = "Which book of the file, where it holds several.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _engines = new("--engine")
    {
        Description = "The engines to time; may be given more than once. Default: all.",
        HelpName = $"{Engines.Reference}|{Engines.Fast}",
        DefaultValueFactory = _ => Engines.All,
    };

    private readonly Option<int> _passes = new("--passes")
    {
        Description = "How many passes over the workload, after a first one that is reported apart.",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<string?> _rezPython = new("--rez-python")
    {
        Description = "A Python that can import rez, which is then timed on the same workload.",
        HelpName = "PYTHON",
    };

    private readonly Option<int> _rezPasses = new("--rez-passes")
    {
        Description = "How many passes rez makes in all. It takes minutes for one over its own benchmark.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description =
            "Print JSON: workload, date, version, machine, and of each of engines name, cases, first_pass_total_ms, best_total_ms (the "
            + "sum of each case's best), median_total_ms (of the passes after the first), mean_ms, median_ms, p95_ms, "
            + "max_ms (of the cases, each at its best), allocated_bytes_per_solve, and ratio_to_rez (total, by the sums "
            + "of bests; low and high, by slowest and quickest passes; median_case).",
    };

    public BenchCommand(Terminal terminal)
        : base(
            "bench",
            "Times a workload through the engines in this process, on one thread, and through rez. Answers are compared "
                + "first: if any differ, the differences are shown in place of times. Exit codes: 0 timed, 1 answers differ, "
                + "2 wrong input."
        )
    {
        _terminal = terminal;
        _engines.AcceptOnlyFromAmong(Engines.All);
        Add(_workload);
        Add(_book);
        Add(_engines);
        Add(_passes);
        Add(_rezPython);
        Add(_rezPasses);
        Add(_json);
        AtLeast(_passes, 0);
        AtLeast(_rezPasses, 1);
        SetAction(
            (parsed, cancellationToken) => Task.Run(() => RunAsync(parsed, cancellationToken), CancellationToken.None)
        );
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string name = parsed.GetRequiredValue(_workload);
        Book workload = Workload.Open(name, parsed.GetValue(_book));
        var engines = new List<EngineTimes>();
        if (parsed.GetValue(_rezPython) is { } python)
        {
            int passes = parsed.GetValue(_rezPasses);
            engines.Add(
                await WatchAsync(
                        "rez",
                        passes * workload.Cases.Count,
                        onSolve => RezClock.RunAsync(python, workload, passes, onSolve, cancellationToken)
                    )
                    .ConfigureAwait(false)
            );
        }
        foreach (string engine in parsed.GetRequiredValue(_engines).Distinct())
        {
            int passes = parsed.GetValue(_passes);
            engines.Add(
                await WatchAsync(
                        engine,
                        (passes + 1) * workload.Cases.Count,
                        onSolve =>
                            Task.FromResult(
                                EngineClock.Run(Engines.Create(engine), workload, passes, onSolve, cancellationToken)
                            )
                    )
                    .ConfigureAwait(false)
            );
        }
        int? rezPasses = parsed.GetValue(_rezPython) is null ? null : parsed.GetValue(_rezPasses);
        var provenance = Provenance.Now(name, parsed.GetValue(_passes), rezPasses);
        return Report(workload, engines, provenance, parsed.GetValue(_json));
    }

    private int Report(Book workload, List<EngineTimes> engines, Provenance provenance, bool asJson)
    {
        CaseReport[] differing =
        [
            .. AnswerComparison.Compare(workload, engines).Where(report => report.Differences.Count > 0),
        ];
        if (differing.Length > 0)
        {
            foreach (CaseReport report in differing)
                CheckText.Write(report, _terminal);
            _terminal.WriteErrorLine("rer: the answers differ: there is nothing to time", Styles.Critical);
            return ExitCode.Failed;
        }
        if (asJson)
        {
            BenchJson.Write(provenance, engines, _terminal.Output);
            return ExitCode.Solved;
        }
        BenchText.WriteTable(engines, _terminal);
        _terminal.WriteLine("");
        _terminal.WriteLine(provenance.ToString());
        foreach (EngineTimes engine in engines)
            BenchText.WriteHistogram(engine, _terminal);
        return ExitCode.Solved;
    }

    /// <summary>Runs something with a progress bar on a terminal.</summary>
    private async Task<EngineTimes> WatchAsync(string name, int solves, Func<Action, Task<EngineTimes>> run)
    {
        if (!_terminal.ShowsProgress)
            return await run(() => { }).ConfigureAwait(false);
        return await _terminal
            .ErrorConsole.Progress()
            .AutoClear(true)
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask(name, maxValue: solves);
                return run(() => task.Increment(1));
            })
            .ConfigureAwait(false);
    }

    private static void AtLeast(Option<int> option, int least) =>
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < least)
                result.AddError($"{option.Name} must be at least {least}");
        });
}
