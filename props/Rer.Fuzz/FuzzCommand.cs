using System.CommandLine;
using System.Globalization;
using Microsoft.FSharp.Core;
using Rer.Books;
using Rer.Cli;
using Rer.Cli.Checking;
using Rer.Cli.Input;
using Rer.Cli.Rendering;
using Rer.Fuzzing;
using Spectre.Console;

namespace Rer.Fuzz;

/// <summary><c>fuzz</c>: compares the engines on random repositories and requests.</summary>
internal sealed class FuzzCommand : Command
{
    private readonly Terminal _terminal;

    private readonly Option<double> _seconds = new("--seconds")
    {
        Description = "How long to run.",
        HelpName = "N",
        DefaultValueFactory = _ => 60,
    };

    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description =
            "The seed of the random numbers. The same seed makes the same examples. Default: a new one each time.",
        HelpName = "S",
    };

    private readonly Option<int?> _example = new("--example")
    {
        Description = "Only check the example with this number, as the message of a difference names it.",
        HelpName = "N",
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "The number of threads.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Where to write a book for each difference. The book has the smallest example that was found.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "rer-fuzz"),
    };

    private readonly Option<string?> _replay = new("--replay")
    {
        Description = "Run the requests of such a book through both engines, instead of new examples.",
        HelpName = "BOOK",
    };

    public FuzzCommand(Terminal terminal)
        : base(
            "fuzz",
            "Generates repositories and requests, and compares the fast engine with the reference and with every "
                + "property that must hold. Prints what was covered. For each difference, it prints the book with the "
                + "smallest example, and the commands that replay it. If REZ_SRC names the src folder of a rez checkout "
                + "and REZ_PYTHON a Python, rez is compared, too. Exit codes: 0 no differences, 1 some, 2 wrong input."
        )
    {
        _terminal = terminal;
        Add(_seconds);
        Add(_seed);
        Add(_example);
        Add(_threads);
        Add(_output);
        Add(_replay);
        _threads.RequireAtLeast(1);
        _example.RequireAtLeast(0);
        Validators.Add(result =>
        {
            if (result.GetResult(_example) is not null && result.GetResult(_seed) is null)
            {
                result.AddError("--example needs the --seed of the example");
            }
        });
        SetAction(
            (parsed, cancellationToken) => Task.Run(() => Run(parsed, cancellationToken), CancellationToken.None)
        );
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_replay) is { } book)
        {
            return Replay(book, cancellationToken);
        }

        using LiveRez? rez = RezOfEnvironment();
        // One engine for the process, as in an application. What it keeps between solves is part of the test.
        IResolver fast = Engines.Create(Engines.Fast);
        var plan = new FuzzPlan(
            parsed.GetValue(_seed) ?? (ulong)DateTime.UtcNow.Ticks,
            TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
            atLeast: 0,
            parsed.GetValue(_example) is { } example ? FSharpOption<int>.Some(example) : null,
            parsed.GetValue(_threads),
            FuncConvert.FromFunc(() => Engines.Create(Engines.Reference)),
            FuncConvert.FromFunc(() => fast),
            rez is null ? null : FSharpOption<LiveRez>.Some(rez),
            parsed.GetRequiredValue(_output)
        );
        FuzzReport report = Watch(plan, cancellationToken);
        _terminal.WriteLine(report.ToString());
        return report.Findings.IsEmpty ? ExitCode.Solved : ExitCode.Failed;
    }

    private static LiveRez? RezOfEnvironment() => LiveRez.FromEnvironment() is { Value: var rez } ? rez : null;

    /// <summary>Runs the plan, with its progress on a terminal.</summary>
    private FuzzReport Watch(FuzzPlan plan, CancellationToken cancellationToken)
    {
        if (!_terminal.ShowsProgress)
        {
            return Fuzzing.Fuzz.run(plan, Progress(_ => { }));
        }
        return _terminal
            .ErrorConsole.Status()
            .Start(
                $"seed {plan.Seed}",
                status => Fuzzing.Fuzz.run(plan, Progress(report => status.Status = Describe(report)))
            );

        FSharpFunc<FuzzReport, Unit> Progress(Action<FuzzReport> show) =>
            FuncConvert.FromAction<FuzzReport>(report =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                show(report);
            });
    }

    private static string Describe(FuzzReport report) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"seed {report.Seed}: {report.Questions} solves in {report.Elapsed.TotalSeconds:F0} s, {report.Rate:F0} a second, {report.Findings.Length} differences"
        );

    private int Replay(string path, CancellationToken cancellationToken)
    {
        int cases = 0;
        int differing = 0;
        foreach (Book book in BookFile.Read(path))
        {
            foreach (string engine in Engines.All)
            {
                bool writesLog = engine == Engines.Reference;
                foreach (CaseReport report in BookCheck.Run(book, Engines.Create(engine), writesLog, cancellationToken))
                {
                    cases++;
                    differing += report.Differences.Count == 0 ? 0 : 1;
                    CheckText.Write(report with { Title = $"{engine}: {report.Title}" }, _terminal);
                }
            }
        }
        CheckText.WriteSummary(cases, differing, _terminal);
        return differing == 0 ? ExitCode.Solved : ExitCode.Failed;
    }
}
