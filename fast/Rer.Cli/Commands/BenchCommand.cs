using System.CommandLine;
using Rer.Books;
using Rer.Cli.Benchmarking;
using Rer.Cli.Checking;
using Rer.Cli.Input;
using Rer.Cli.Rendering;
using Rer.Solving;
using Spectre.Console;

namespace Rer.Cli.Commands;

/// <summary><c>rer bench</c>: runs the same workload through the engines, and through rez.</summary>
internal sealed class BenchCommand : Command
{
    private readonly Terminal _terminal;

    private readonly Option<string> _workload = new("--workload", "-w")
    {
        Description =
            "What to time: 'studio', the built-in studio; 'rez', rez's own benchmark (see 'rer dataset fetch'); or a "
            + "book.",
        HelpName = "rez|studio|BOOK",
        DefaultValueFactory = _ => Workload.Studio,
    };

    private readonly Option<string?> _book = new("--book")
    {
        Description = "Which book to use, if the file has several.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _engines = new("--engine")
    {
        Description = "An engine to time. May be repeated.",
        HelpName = $"{Engines.Reference}|{Engines.Fast}",
        DefaultValueFactory = _ => Engines.All,
    };

    private readonly Option<string[]> _without = new("--without")
    {
        Description =
            "Time the fast engine with and without this optimisation, in alternating passes. The first pass is the "
            + "fastest of several; before each, nothing is compiled. May be repeated. --engine is ignored then.",
        HelpName = "SWITCH",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int> _passes = new("--passes")
    {
        Description = "How many passes over the workload. The first pass is extra, and is reported separately.",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<string?> _paths = new("--paths", "-p")
    {
        Description =
            "Instead, time requests from the start of a process to its answer, with packages on disk in these "
            + "directories: a first resolve, one with a warm index, and the next in the same process. The requests are "
            + "those of the workload that have no options. --engine, --passes and --rez-passes are ignored then.",
        HelpName = "PATHS",
    };

    private readonly Option<int?> _requests = new("--requests")
    {
        Description = "With --paths: how many of the workload's requests to take, evenly spread. Default: all.",
        HelpName = "N",
    };

    private readonly Option<double> _roundTrip = new("--round-trip")
    {
        Description =
            "With --paths: make every call to the disk (lookup, listing, opening, reading) take this many milliseconds "
            + "longer, as on a network disk. This applies to rez, too.",
        HelpName = "MS",
    };

    private readonly Option<string?> _index = new("--index")
    {
        Description =
            "With --paths: also time resolves with a published index, at this level. The index is made in a "
            + "temporary directory.",
        HelpName = "strict|listing|published",
    };

    private readonly Option<string?> _html = new("--html")
    {
        Description = "Also write a self-contained page with the table and plots.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _rezPython = new("--rez-python")
    {
        Description =
            "A Python that can import rez. rez is timed on the same workload. With --paths, only the resolve step of "
            + "rez-env is timed: the first in a process, and the next, with what rez then has in memory.",
        HelpName = "PYTHON",
    };

    private readonly Option<int> _rezPasses = new("--rez-passes")
    {
        Description = "How many passes rez makes in all. One pass over its own benchmark takes minutes.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description =
            "Print JSON: workload, date, version, machine and engines. Each engine has name, cases, "
            + "first_pass_total_ms, best_total_ms (the sum of each case's best time), median_total_ms (of the passes "
            + "after the first), mean_ms, median_ms, p95_ms, max_ms (over the cases, each at its best), "
            + "allocated_bytes_per_solve, and ratio_to_rez (total, from best_total_ms; low and high, from the slowest "
            + "and the fastest pass; median_case). With --paths, there are stages in place of engines. Each has name, "
            + "requests, median_ms, p95_ms, max_ms, the medians of its parts, and ratio_to (for each stage of rez, the "
            + "median of the ratios of the requests).",
    };

    public BenchCommand(Terminal terminal)
        : base(
            "bench",
            "Times the engines on a workload, in this process and on one thread. It can also time rez. Answers are "
                + "compared first. If any differ, the differences are shown instead of times. Exit codes: 0 timed, 1 "
                + "answers differ, 2 wrong input."
        )
    {
        _terminal = terminal;
        _engines.AcceptOnlyFromAmong(Engines.All);
        Add(_workload);
        Add(_book);
        Add(_engines);
        Add(_without);
        Add(_passes);
        Add(_paths);
        Add(_requests);
        Add(_roundTrip);
        Add(_index);
        Add(_html);
        Add(_rezPython);
        Add(_rezPasses);
        Add(_json);
        _without.AcceptOnlyFromAmong([.. EngineSwitches.WithoutOne.Keys]);
        _passes.RequireAtLeast(0);
        _rezPasses.RequireAtLeast(1);
        _requests.RequireAtLeast(1);
        _index.AcceptOnlyFromAmong(IndexOptions.Levels);
        _roundTrip.RequireBetween(0, WholeWay.MostRoundTrip);
        SetAction(
            (parsed, cancellationToken) => Task.Run(() => RunAsync(parsed, cancellationToken), CancellationToken.None)
        );
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string name = parsed.GetRequiredValue(_workload);
        Book workload = Workload.Open(name, parsed.GetValue(_book));
        if (parsed.GetValue(_paths) is { } paths)
        {
            return await RunWayAsync(parsed, name, workload, paths, cancellationToken).ConfigureAwait(false);
        }
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
        string[] without = [.. parsed.GetRequiredValue(_without).Distinct()];
        if (without.Length > 0)
        {
            engines.AddRange(await RunWithoutAsync(parsed, workload, without, cancellationToken).ConfigureAwait(false));
        }
        else
        {
            foreach (string engine in parsed.GetRequiredValue(_engines).Distinct())
            {
                int passes = parsed.GetValue(_passes);
                engines.Add(
                    await WatchAsync(
                            engine,
                            (passes + 1) * workload.Cases.Count,
                            onSolve =>
                                Task.FromResult(
                                    EngineClock.Run(
                                        Engines.Create(engine),
                                        workload,
                                        passes,
                                        onSolve,
                                        cancellationToken
                                    )
                                )
                        )
                        .ConfigureAwait(false)
                );
            }
        }
        int? rezPasses = parsed.GetValue(_rezPython) is null ? null : parsed.GetValue(_rezPasses);
        var provenance = Provenance.Now(name, parsed.GetValue(_passes), rezPasses);
        if (ReportDifferences(AnswerComparison.Compare(workload, engines)))
        {
            return ExitCode.Failed;
        }
        string[][] rows = BenchText.RowsOf(engines);
        WriteHtml(parsed, rows, [.. engines.Select(engine => (engine.Name, engine.Best))], [], provenance.ToString());
        if (parsed.GetValue(_json))
        {
            BenchJson.Write(provenance, engines, _terminal.Output);
            return ExitCode.Solved;
        }
        BenchText.WriteTable(rows, _terminal);
        _terminal.WriteLine("");
        _terminal.WriteLine(provenance.ToString());
        foreach (string off in without)
        {
            BenchText.WriteWorth(off, Named(Engines.Fast), Named(Without(off)), _terminal);
        }
        foreach (EngineTimes engine in engines)
        {
            BenchText.WriteHistogram($"{engine.Name}: cases by time, each at its best", engine.Best, _terminal);
        }
        return ExitCode.Solved;

        EngineTimes Named(string engine) => engines.Single(times => times.Name == engine);
    }

    /// <summary>Times the fast engine together with variants that have optimisations turned off.</summary>
    private async Task<EngineTimes[]> RunWithoutAsync(
        ParseResult parsed,
        Book workload,
        string[] without,
        CancellationToken cancellationToken
    )
    {
        int passes = parsed.GetValue(_passes);

        return await WatchAsync(
                Engines.Fast,
                EngineClock.PassesInTurns(passes) * (without.Length + 1) * workload.Cases.Count,
                onSolve => Task.FromResult(EngineClock.RunInTurns(Create, workload, passes, onSolve, cancellationToken))
            )
            .ConfigureAwait(false);

        (string, IResolver)[] Create() =>
            [
                (Engines.Fast, new FastResolver()),
                .. without.Select(name =>
                    (Without(name), (IResolver)new FastResolver(EngineSwitches.WithoutOne[name]))
                ),
            ];
    }

    private static string Without(string name) => $"{Engines.Fast} without {name}";

    private async Task<int> RunWayAsync(
        ParseResult parsed,
        string name,
        Book workload,
        string paths,
        CancellationToken cancellationToken
    )
    {
        Case[] cases = Spread(
            [.. workload.Cases.Where(asked => asked.Options == ResolveOptions.Default)],
            parsed.GetValue(_requests) ?? int.MaxValue
        );
        if (cases.Length == 0)
        {
            throw new BadInputException(
                $"{name}: every request has options; --paths can only time requests without options"
            );
        }
        double roundTrip = parsed.GetValue(_roundTrip);
        using var way = new WholeWay(paths, parsed.GetValue(_rezPython), roundTrip, parsed.GetValue(_index));
        await WatchAsync(
                "requests",
                cases.Length,
                onMeasured =>
                {
                    foreach (Case asked in cases)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        way.Measure(asked.Request, cancellationToken);
                        onMeasured();
                    }
                    return Task.FromResult(way);
                }
            )
            .ConfigureAwait(false);

        if (ReportDifferences(AnswerComparison.CompareWay(way.RezAnswers, way.Answers)))
        {
            return ExitCode.Failed;
        }
        var provenance = Provenance.Now(name, passes: 0, rezPasses: null);
        string disk =
            roundTrip > 0
                ? FormattableString.Invariant(
                    $"each call to the disk takes {roundTrip} ms longer, as simulated by --round-trip"
                )
                : "the files are in the system's cache";
        string description =
            $"{provenance.What} Times are medians over the requests; ratios are medians of the ratios of the "
            + $"requests; {disk}.";
        string[][] rows = WayText.RowsOf(way.Stages, way.RezStages);
        Stage[] stages = [.. way.RezStages, .. way.Stages];
        WriteHtml(parsed, rows, [.. stages.Select(stage => (stage.Name, stage.Totals))], way.Stages, description);
        if (parsed.GetValue(_json))
        {
            BenchJson.Write(provenance, way.Stages, way.RezStages, _terminal.Output);
            return ExitCode.Solved;
        }
        BenchText.WriteTable(rows, _terminal);
        _terminal.WriteLine("");
        _terminal.WriteLine(description);
        foreach (Stage stage in stages)
        {
            BenchText.WriteHistogram($"{stage.Name}: requests by time", stage.Totals, _terminal);
        }
        return ExitCode.Solved;
    }

    /// <summary>Shows where answers differ; false if they do not.</summary>
    private bool ReportDifferences(IEnumerable<CaseReport> reports)
    {
        CaseReport[] differing = [.. reports.Where(report => report.Differences.Count > 0)];
        if (differing.Length == 0)
        {
            return false;
        }
        foreach (CaseReport report in differing)
        {
            CheckText.Write(report, _terminal);
        }
        _terminal.WriteErrorLine("rer: the answers differ, so nothing was timed", Styles.Critical);
        return true;
    }

    private void WriteHtml(
        ParseResult parsed,
        string[][] rows,
        IReadOnlyList<(string Name, double[] Times)> series,
        IReadOnlyList<Stage> stages,
        string provenance
    )
    {
        if (parsed.GetValue(_html) is not { } path)
        {
            return;
        }
        try
        {
            File.WriteAllText(path, BenchHtml.Write(rows, series, stages, provenance));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: cannot write the report: {e.Message}", e);
        }
    }

    /// <summary>A given number of cases, evenly spread.</summary>
    private static Case[] Spread(Case[] cases, int count) =>
        count >= cases.Length
            ? cases
            : [.. Enumerable.Range(0, count).Select(i => cases[(int)((2L * i + 1) * cases.Length / (2L * count))])];

    /// <summary>Runs something with a progress bar on a terminal.</summary>
    private async Task<T> WatchAsync<T>(string name, int solves, Func<Action, Task<T>> run)
    {
        if (!_terminal.ShowsProgress)
        {
            return await run(() => { }).ConfigureAwait(false);
        }
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
}
