using System.CommandLine;
using Rer.Repositories;

namespace Rer.Cli.Input;

/// <summary>The arguments of commands that read packages without resolving.</summary>
internal sealed class PackageInputOptions
{
    private readonly RepositoryOptions _repository = new();
    private readonly SolveOptions _options = new();

    /// <summary>Completes packages for a shell.</summary>
    public PackageCompletions Completions => new(OpenForCompletion);

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        _repository.AddTo(command);
        _options.AddConfigurationTo(command);
    }

    /// <summary>Opens the packages that the command line selects, and writes notes about oddities for people.</summary>
    /// <exception cref="BadInputException">There are none, or the choice is ambiguous.</exception>
    /// <exception cref="PackageDataException">They cannot be read.</exception>
    public OpenRepository Open(ParseResult parsed, Terminal terminal)
    {
        (Configuration configuration, IReadOnlyList<string>? paths) = ReadPlace(parsed);
        OpenRepository repository = _repository.Open(
            parsed,
            paths,
            new LateContext([], [], Building: false),
            configuration.IndexLevel,
            localPath: configuration.LocalPackagesPath
        );
        foreach (string note in configuration.Notes.Concat(_repository.Notes(parsed, paths, configuration)))
        {
            terminal.WriteErrorLine($"rer: {note}", Styles.Note);
        }
        return repository;
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
}
