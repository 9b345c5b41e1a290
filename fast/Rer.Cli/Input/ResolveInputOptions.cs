using System.CommandLine;
using Rer.Repositories;

namespace Rer.Cli.Input;

/// <summary>The arguments shared by all commands that resolve.</summary>
internal sealed class ResolveInputOptions
{
    private readonly Argument<string[]>? _request;
    private readonly RepositoryOptions _repository = new();
    private readonly SolveOptions _options;
    private readonly Option<string> _engine = Engines.CreateOption();

    private readonly Option<string?> _input = new("--input", "-i")
    {
        Description =
            "Take the request from a context that rez or 'rer solve --output' saved, and resolve it again. Its "
            + "implicit packages, paths, filters, orderers and time apply, unless you give others.",
        HelpName = "FILE",
    };

    /// <summary>Creates the arguments.</summary>
    /// <param name="withRequest">Whether they include a request; otherwise it is empty.</param>
    /// <param name="withTime">Whether they include a time; otherwise the command has its own times.</param>
    public ResolveInputOptions(bool withRequest = true, bool withTime = true)
    {
        _options = new SolveOptions(withTime);
        _request = withRequest ? CreateRequest(new PackageCompletions(OpenForCompletion)) : null;
    }

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        if (_request is not null)
        {
            AddRequestTo(command, _request);
        }
        _repository.AddTo(command);
        _options.AddTo(command);
        command.Add(_engine);
    }

    private void AddRequestTo(Command command, Argument<string[]> request)
    {
        command.Add(request);
        command.Add(_input);
        command.Validators.Add(result =>
        {
            bool hasInput = result.GetResult(_input) is not null;
            bool hasRequest = result.GetResult(request) is { Tokens.Count: > 0 };
            if (hasInput && hasRequest)
            {
                result.AddError("--input already has a request; leave out --input or the other request");
            }
            else if (!hasInput && !hasRequest)
            {
                result.AddError(ParseProblem.NoRequest(result));
            }
        });
    }

    /// <summary>The time limit of the command; null for none.</summary>
    public TimeSpan? TimeLimit(ParseResult parsed) => _options.TimeLimit(parsed);

    /// <summary>Reads the arguments.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="checkBehind">As <see cref="PackageIndexOptions.ChecksBehind"/>.</param>
    /// <exception cref="BadInputException">Something cannot be parsed.</exception>
    /// <exception cref="PackageDataException">A repository cannot be read.</exception>
    public ResolveInput Read(ParseResult parsed, bool checkBehind = false)
    {
        ResolvedContext? context =
            _request is not null && parsed.GetValue(_input) is { } file ? ContextFiles.Read(file) : null;
        (Configuration configuration, IReadOnlyList<string>? paths) = ReadPlace(parsed, context);
        ResolveOptions options = _options.Read(parsed, configuration);
        if (context is not null)
        {
            options = options with
            {
                Building = options.Building || context.Building,
                Timestamp = options.Timestamp != 0 ? options.Timestamp : context.RequestedTimestamp,
            };
        }
        IReadOnlyList<string> request =
            context?.PackageRequests ?? (_request is null ? [] : parsed.GetRequiredValue(_request));
        IReadOnlyList<string> added = _options.ReadImplicit(
            parsed,
            configuration,
            () => _repository.ImplicitPackages(parsed, paths)
        );
        LateContext late = _request is null ? LateContext.OfMany : new LateContext(request, added, options.Building);
        OpenRepository repository = _repository.Open(
            parsed,
            paths,
            late,
            configuration.IndexLevel,
            checkBehind,
            options.TimeLimit,
            configuration.LocalPackagesPath
        );
        string[] notes = [.. configuration.Notes, .. _repository.Notes(parsed, paths, configuration)];
        return new ResolveInput(request, added, repository, options, parsed.GetRequiredValue(_engine), notes, paths);
    }

    private OpenRepository OpenForCompletion(ParseResult parsed)
    {
        (Configuration configuration, IReadOnlyList<string>? paths) = ReadPlace(parsed);
        return _repository.Open(parsed, paths, context: null, configuration.IndexLevel);
    }

    /// <summary>
    /// The configuration and the paths. What a context was resolved with takes precedence over the configuration.
    /// </summary>
    private (Configuration Configuration, IReadOnlyList<string>? Paths) ReadPlace(
        ParseResult parsed,
        ResolvedContext? context = null
    )
    {
        Configuration configuration = _options.ReadConfiguration(parsed, _repository.IsBook(parsed));
        if (context is not null)
        {
            configuration = configuration with { ImplicitPackages = context.ImplicitPackages };
        }
        if (context is { PackagePaths: { } paths })
        {
            configuration = configuration with
            {
                PackagesPath = paths,
                PackageFilters = context.PackageFilters,
                PackageOrderers = context.PackageOrderers,
            };
        }
        return (configuration, _repository.FindPaths(parsed, configuration));
    }

    private static Argument<string[]> CreateRequest(PackageCompletions completions)
    {
        var argument = new Argument<string[]>("REQUEST")
        {
            // Otherwise, help would list the completions, which are all families.
            HelpName = "REQUEST",
            Description =
                "The requirements, as for rez-env: maya-2024+, 'foo>=1.2', !bar-1 (not this version), ~baz==2 (this "
                + "version, if any), .feature-1 (an ephemeral).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        ParseProblem.RefuseOptions(argument);
        argument.CompletionSources.Add(completions.Of);
        return argument;
    }
}
