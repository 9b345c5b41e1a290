using System.CommandLine;
using System.CommandLine.Parsing;
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

    /// <summary>The time that the command may take; null for any.</summary>
    public TimeSpan? TimeLimit(ParseResult parsed) => _options.TimeLimit(parsed);

    /// <summary>Reads what was given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="checkBehind">As <see cref="PackageIndexOptions.ChecksBehind"/>.</param>
    /// <exception cref="BadInputException">Something does not parse.</exception>
    /// <exception cref="PackageDataException">A repository cannot be read.</exception>
    public ResolveInput Read(ParseResult parsed, bool checkBehind = false)
    {
        (Configuration configuration, IReadOnlyList<string>? paths) = ReadPlace(parsed);
        ResolveOptions options = _options.Read(parsed, configuration);
        string[] request = parsed.GetRequiredValue(_request);
        IReadOnlyList<string> added = _options.ReadImplicit(
            parsed,
            configuration,
            _repository.ImplicitPackages(parsed, paths)
        );
        var context = new LateContext(request, added, options.Building);
        OpenRepository repository = _repository.Open(
            parsed,
            paths,
            context,
            configuration.IndexLevel,
            checkBehind,
            options.TimeLimit,
            configuration.LocalPackagesPath
        );
        string[] notes = [.. configuration.Notes, .. _repository.Notes(parsed, paths, configuration)];
        return new ResolveInput(request, added, repository, options, parsed.GetRequiredValue(_engine), notes);
    }

    private OpenRepository OpenForCompletion(ParseResult parsed)
    {
        (Configuration configuration, IReadOnlyList<string>? paths) = ReadPlace(parsed);
        return _repository.Open(parsed, paths, context: null, configuration.IndexLevel);
    }

    private (Configuration Configuration, IReadOnlyList<string>? Paths) ReadPlace(ParseResult parsed)
    {
        Configuration configuration = _options.ReadConfiguration(parsed, _repository.IsBook(parsed));
        return (configuration, _repository.FindPaths(parsed, configuration));
    }

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
                result.AddError(ParseProblem.UnknownOption(token.Value, ((CommandResult)result.Parent!).Command));
        });
        argument.CompletionSources.Add(completions.Of);
        return argument;
    }
}
