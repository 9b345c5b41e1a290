using System.CommandLine;
using Rer.Cli.Input;
using Rer.Cli.Rendering;

namespace Rer.Cli.Commands;

/// <summary><c>rer solve</c>: what a request resolves to.</summary>
internal sealed class SolveCommand : Command
{
    private readonly Terminal _terminal;

    private readonly Argument<string[]> _request = RequestArgument.Create();

    private readonly RepositoryOptions _repository = new();
    private readonly SolveOptions _options = new();
    private readonly Option<string> _engine = Engines.CreateOption();

    private readonly Option<bool> _json = new("--json")
    {
        Description =
            "Print the whole result as JSON: status (solved, failed, error, stopped), resolved (name, version, "
            + "variant_index), ephemerals, failure, description, involved, error, num_solves, num_fails.",
    };

    private readonly Option<bool> _sourceOrder = new("--source-order", "--so")
    {
        Description = "Print packages in the order of the resolve, dependencies first, instead of that of the alphabet.",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description =
            "Print rez's log of the solve: -v, -vv or -vvv for more. Only the reference engine writes it, and answers "
            + "whenever it is asked for.",
        Arity = ArgumentArity.Zero,
    };

    public SolveCommand(Terminal terminal)
        : base(
            "solve",
            "Resolves a request and prints what rez-env would. Exit codes: 0 solved, 1 failed, 2 wrong input, 3 stopped "
                + "by a limit, 130 interrupted."
        )
    {
        _terminal = terminal;
        Add(_request);
        _repository.AddTo(this);
        _options.AddTo(this);
        Add(_engine);
        Add(_json);
        Add(_sourceOrder);
        Add(_verbose);
        SetAction((parsed, cancellationToken) => Task.Run(() => Run(parsed, cancellationToken), CancellationToken.None));
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        string[] request = parsed.GetRequiredValue(_request);
        IPackageRepository repository = _repository.Open(parsed);
        ResolveOptions options = _options.Read(parsed);
        string engine = parsed.GetRequiredValue(_engine);

        int verbosity = Math.Min(parsed.GetResult(_verbose)?.IdentifierTokenCount ?? 0, 3);
        if (verbosity > 0)
        {
            options = options with { Log = new SolveLog(_terminal.Output, verbosity) };
            if (engine != Engines.Reference)
            {
                _terminal.WriteErrorLine("rer: only the reference engine writes rez's log: it answers here", Styles.Note);
                engine = Engines.Reference;
            }
        }

        ResolveResult result = Engines.Create(engine).Resolve(request, repository, options, cancellationToken);
        var report = new ResolveReport(request, [], result);
        if (parsed.GetValue(_json))
            ResolveJson.Write(report, _terminal.Output);
        else
            ResolveText.Write(report, _terminal, parsed.GetValue(_sourceOrder));
        if (result is ErrorResult error)
            _terminal.WriteErrorLine($"rer: {error.Message}", Styles.Critical);
        return ExitCode.Of(result);
    }
}
