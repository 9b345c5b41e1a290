using System.CommandLine;

namespace Rer.Cli.Input;

/// <summary>The options that say where packages come from.</summary>
internal sealed class RepositoryOptions
{
    /// <summary>The name by which users ask for the embedded repository.</summary>
    private const string Studio = "studio";

    private readonly Option<string?> _repository = new("--repository", "-r")
    {
        Description =
            "Resolve against the packages of a book (JSON, plain or gzipped); 'studio' is the invented studio "
            + "repository that is built in, and the default.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _book = new("--book")
    {
        Description = "Which book of the file, where it holds several.",
        HelpName = "NAME",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_repository);
        command.Add(_book);
    }

    /// <summary>The repository that was asked for.</summary>
    /// <exception cref="BadInputException">There is none, or it is ambiguous.</exception>
    /// <exception cref="PackageDataException">Its file cannot be read.</exception>
    public IPackageRepository Open(ParseResult parsed)
    {
        string? path = parsed.GetValue(_repository);
        return path is null or Studio
            ? new LocatedRepository(EmbeddedStudio.Read().Repository, Studio)
            : new LocatedRepository(BookChoice.Read(path, parsed.GetValue(_book)).Repository, path);
    }
}
