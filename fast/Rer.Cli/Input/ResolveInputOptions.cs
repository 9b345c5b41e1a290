using System.CommandLine;
using Rer.Repositories;

namespace Rer.Cli.Input;

/// <summary>The arguments that every command which resolves a request shares.</summary>
internal sealed class ResolveInputOptions
{
    private readonly Argument<string[]> _request;
    private readonly RepositoryOptions _repository = new();
    private readonly SolveOptions _options = new();
    private readonly Option<string> _engine = Engines.CreateOption();

    public ResolveInputOptions() => _request = CreateRequest(new PackageCompletions(OpenForCompletion));

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_request);
        _repository.AddTo(command);
        _options.AddTo(command);
        command.Add(_engine);
    }

    /// <summary>Reads what was given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="checkBehind">As <see cref="DefinitionCache"/> takes it.</param>
    /// <exception cref="BadInputException">Something does not parse.</exception>
    /// <exception cref="PackageDataException">A repository cannot be read.</exception>
    public ResolveInput Read(ParseResult parsed, bool checkBehind = false)
    {
        Configuration configuration = _options.ReadConfiguration(parsed);
        ResolveOptions options = _options.Read(parsed, configuration);
        IReadOnlyList<string>? paths = _repository.FindPaths(parsed, configuration);
        string[] request = parsed.GetRequiredValue(_request);
        IReadOnlyList<string> added = _options.ReadImplicit(parsed, configuration, isOnDisk: paths is not null);
        var context = new LateContext(request, added, options.Building);
        OpenRepository repository = _repository.Open(parsed, paths, context, checkBehind, options.TimeLimit);
        return new ResolveInput(request, added, repository, options, parsed.GetRequiredValue(_engine));
    }

    private OpenRepository OpenForCompletion(ParseResult parsed) =>
        _repository.Open(parsed, _repository.FindPaths(parsed, _options.ReadConfiguration(parsed)), context: null);

    private static Argument<string[]> CreateRequest(PackageCompletions completions)
    {
        var argument = new Argument<string[]>("REQUEST")
        {
            // Else help would list the completions: every family there is.
            HelpName = "REQUEST",
            Description =
                "The requirements, as for rez-env: maya-2024+, 'foo>=1.2', !bar-1 (not that), ~baz==2 (if at all, then "
                + "that), .feature-1 (ephemeral).",
            Arity = ArgumentArity.OneOrMore,
        };
        // No requirement begins with a dash: what does is an option that we do not have.
        argument.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
                result.AddError($"unrecognised option '{token.Value}'");
        });
        argument.CompletionSources.Add(completions.Of);
        return argument;
    }
}
