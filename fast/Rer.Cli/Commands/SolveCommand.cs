using System.CommandLine;
using System.Diagnostics;
using Rer.Cli.Input;
using Rer.Cli.Rendering;

namespace Rer.Cli.Commands;

/// <summary><c>rer solve</c>: what a request resolves to.</summary>
internal sealed class SolveCommand : Command
{
    private readonly Terminal _terminal;
    private readonly ResolveInputOptions _input = new();

    private readonly Option<bool> _json = new("--json") { Description = "The same as --format json." };

    private readonly Option<ResolveFormat> _format = new("--format")
    {
        Description =
            "What to print. table: what rez-env prints. json: the whole result, with status (solved, failed, error, "
            + "stopped), resolved (name, version, variant_index, path, local), ephemerals, failure, description, "
            + "num_solves and num_fails. dot, svg, html: the graph of the resolve or of the failure.",
        HelpName = "table|json|dot|svg|html",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description =
            "Save the resolve as a context (.rxt) for 'rez env --input' and 'rez context'. '-' writes it to the "
            + "standard output, instead of the usual output. The packages must be on disk.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _sourceOrder = new("--source-order", "--so")
    {
        Description = "Print packages in the order of the resolve, dependencies first, instead of alphabetically.",
    };

    private readonly Option<bool> _failGraph = new("--fail-graph")
    {
        Description = "If the request fails, also print the graph of the failure, in the DOT language.",
    };

    private readonly Option<bool> _stats = new("--stats")
    {
        Description = "Print the number of steps of the solve, its time, and the calls to the disk.",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Print only the resolved packages, one per line. For a failure, print only its description.",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description =
            "Print rez's log of the solve on the error stream: -v, -vv or -vvv for more. Only the reference engine "
            + "writes the log, so it then resolves the request.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<bool> _noPassive = new("--no-passive")
    {
        Description = "Leave steps without effect out of the log.",
    };

    public SolveCommand(Terminal terminal)
        : base(
            "solve",
            "Resolves a request, and prints what rez-env would print. Exit codes: 0 solved, 1 failed, 2 wrong input, "
                + "3 stopped by a limit, 130 interrupted."
        )
    {
        _terminal = terminal;
        _input.AddTo(this);
        _format.AcceptOnlyFromAmong("table", "json", "dot", "svg", "html");
        Add(_format);
        Add(_json);
        Add(_output);
        Add(_sourceOrder);
        Add(_quiet);
        Add(_failGraph);
        Add(_stats);
        Add(_verbose);
        Add(_noPassive);
        SetAction(
            (parsed, cancellationToken) =>
                EndsBySignal
                    ? Task.FromResult(Run(parsed, cancellationToken))
                    : Task.Run(() => Run(parsed, cancellationToken), CancellationToken.None)
        );
    }

    /// <summary>
    /// Whether an interrupt may end the process in the default way, which shells report as 130. A solve in a pipe
    /// leaves nothing to clean up. Starting two threads, one waiting for signals and one solving, takes longer than
    /// parsing the arguments.
    /// </summary>
    public bool EndsBySignal => OperatingSystem.IsLinux() && !_terminal.ShowsProgress;

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_input.TimeLimit(parsed), cancellationToken);
        int? exitCode = Verbosity(parsed) > 0 ? null : Run(parsed, checkBehind: true, deadline);
        return exitCode ?? Run(parsed, checkBehind: false, deadline) ?? throw new UnreachableException();
    }

    /// <summary>
    /// Solves and writes. Returns null without writing anything if the cache turned out to be outdated.
    /// </summary>
    private int? Run(ParseResult parsed, bool checkBehind, Deadline deadline)
    {
        ResolveInput input = WithLog(deadline.Do(() => _input.Read(parsed, checkBehind)), parsed);
        using IDisposable opened = deadline.Owned(input);
        string? output = parsed.GetValue(_output);
        if (output is not null && input.Paths is null)
        {
            throw new BadInputException(
                "--output writes a context for rez, which loads packages from disk; name their directories with --paths"
            );
        }
        if (Resolve(input, DrawsGraph(parsed), deadline) is not { } result)
        {
            return null;
        }
        input.WriteNotes(_terminal);
        var report = new ResolveReport(input.Request, input.ImplicitRequest, result, input.Repository.Report);
        if (output is not null && input.Paths is { } paths && result is not ErrorResult)
        {
            ContextFiles.Write(output, report, [.. paths.Select(Path.GetFullPath)], input.Options, _terminal.Output);
        }
        if (output is not ContextFiles.Stream)
        {
            Write(parsed, report);
        }
        if (parsed.GetValue(_failGraph) && result is FailedResult failed)
        {
            ResolveGraph? graph = FailureGraph.TryDraw(failed, out string whyNot);
            if (graph is null)
            {
                _terminal.WriteErrorLine($"rer: {whyNot}", Styles.Note);
            }
            else
            {
                _terminal.Error.WriteLine(VisibleText.Of(graph.ToDot()));
            }
        }
        if (parsed.GetValue(_stats))
        {
            StatisticsText.Write(
                result.Statistics,
                input.Repository.Statistics,
                input.Repository.IndexAnswers,
                _terminal
            );
        }
        input.Repository.SaveIndex();
        foreach (string complaint in input.Repository.IndexComplaints)
        {
            _terminal.WriteErrorLine($"rer: {complaint}", Styles.Note);
        }
        if (result is ErrorResult error)
        {
            ResolveText.WriteError(error, _terminal);
        }
        bool isForPeople = FormatOf(parsed) == ResolveFormat.Table && !parsed.GetValue(_quiet);
        if (isForPeople && Suggestions.For(result, input.Request, input.Repository.Packages) is { } suggestion)
        {
            _terminal.WriteErrorLine($"rer: {suggestion}", Styles.Note);
        }
        return ExitCode.Of(result);
    }

    /// <summary>Resolves. Returns null if the cache turned out to be outdated.</summary>
    private ResolveResult? Resolve(ResolveInput input, bool drawsGraph, Deadline deadline)
    {
        OpenRepository repository = input.Repository;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, repository.Outdated);
        try
        {
            ResolveResult result = deadline.Solve(() =>
                SolveProgress.Run(
                    _terminal,
                    input.Options,
                    repository.Statistics,
                    options =>
                        Engines
                            .Create(input.Engine)
                            .Resolve(input.WholeRequest, repository.Packages, options, either.Token)
                )
            );
            if (!deadline.HasLeftWork)
            {
                LookAhead(result, drawsGraph);
            }
            return deadline.HasLeftWork || repository.Confirm() ? result : null;
        }
        catch (Exception) when (!deadline.Token.IsCancellationRequested && !repository.Confirm())
        {
            return null; // outdated data may have caused the error
        }
    }

    private bool DrawsGraph(ParseResult parsed) =>
        parsed.GetValue(_failGraph)
        || parsed.GetValue(_output) is not null
        || parsed.GetValue(_format) is ResolveFormat.Dot or ResolveFormat.Svg or ResolveFormat.Html;

    /// <summary>
    /// Computes in advance what will be shown of a result. That may read packages that the solve did not need. They are
    /// then confirmed together with the others.
    /// </summary>
    private static void LookAhead(ResolveResult result, bool drawsGraph)
    {
        try
        {
            if (result is FailedResult failed)
            {
                _ = failed.Failure;
            }
            if (drawsGraph)
            {
                _ = result is SolvedResult solved ? solved.GetGraph() : (result as FailedResult)?.GetGraph();
            }
        }
        catch (InvalidOperationException)
        {
            // Reported when the graph is drawn.
        }
    }

    private ResolveInput WithLog(ResolveInput input, ParseResult parsed)
    {
        int verbosity = Verbosity(parsed);
        if (verbosity == 0)
        {
            return input;
        }
        if (input.Engine != Engines.Reference)
        {
            _terminal.WriteErrorLine(
                "rer: only the reference engine writes rez's log, so it resolves this request",
                Styles.Note
            );
        }
        var log = new SolveLog(_terminal.Log, verbosity, parsed.GetValue(_noPassive));
        return input with { Engine = Engines.Reference, Options = input.Options with { Log = log } };
    }

    private int Verbosity(ParseResult parsed) => Math.Min(parsed.GetResult(_verbose)?.IdentifierTokenCount ?? 0, 3);

    private ResolveFormat FormatOf(ParseResult parsed) =>
        parsed.GetValue(_json) ? ResolveFormat.Json : parsed.GetValue(_format);

    private void Write(ParseResult parsed, ResolveReport report)
    {
        ResolveFormat format = FormatOf(parsed);
        switch (format)
        {
            case ResolveFormat.Json:
                ResolveJson.Write(report, _terminal.Output);
                break;
            case ResolveFormat.Table when parsed.GetValue(_quiet):
                ResolveText.WriteBrief(report, _terminal, parsed.GetValue(_sourceOrder));
                break;
            case ResolveFormat.Table:
                ResolveText.Write(report, _terminal, parsed.GetValue(_sourceOrder));
                break;
            default:
                ResolveGraphFormats.Write(report, format, _terminal);
                break;
        }
    }
}
