using System.CommandLine;
using Rer.Insights.Configuring;
using Rer.Repositories;
using Rer.Repositories.Disk;

namespace Rer.Cli.Input;

/// <summary>The options for where packages come from.</summary>
internal sealed class RepositoryOptions
{
    private readonly Option<string?> _repository = new("--repository", "-r")
    {
        Description =
            "Use the packages of a book (JSON, plain or gzipped). 'studio' is the invented studio that is built in.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _book = new("--book")
    {
        Description = "Which book to use, if the file has several.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _paths = new("--paths", "-p")
    {
        Description =
            $"Use packages on disk in these directories, separated by '{Path.PathSeparator}'. Default: the variable "
            + "REZ_PACKAGES_PATH, else packages_path of the configuration, else the built-in studio.",
        HelpName = "PATHS",
    };

    private readonly Option<bool> _noLocal = new("--no-local", "--nl")
    {
        Description = "Leave local_packages_path (by default ~/packages) out of the configured paths.",
    };

    private readonly IndexOptions _index = new();

    private readonly Option<string?> _python = new("--python")
    {
        Description =
            "A Python that can import rez. It evaluates package.py files that cannot be understood without running "
            + "them. Without it, such a file is an error.",
        HelpName = "PYTHON",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_repository);
        command.Add(_book);
        command.Add(_paths);
        command.Add(_noLocal);
        _index.AddTo(command);
        command.Add(_python);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_repository) is not null && result.GetResult(_paths) is not null)
            {
                result.AddError("--repository and --paths exclude each other; packages come from one place");
            }
        });
    }

    /// <summary>Whether packages come from a book, or from the studio by name.</summary>
    public bool IsBook(ParseResult parsed) => parsed.GetValue(_repository) is not null;

    /// <summary>The directories of the packages; null if packages are not on disk.</summary>
    /// <exception cref="BadInputException">The setting that names them is not supported here.</exception>
    public IReadOnlyList<string>? FindPaths(ParseResult parsed, Configuration configuration)
    {
        if (IsBook(parsed))
        {
            return null;
        }
        if (parsed.GetValue(_paths) is { } paths)
        {
            return PackagePaths.Parse(paths);
        }
        if (configuration.Unread.TryGetValue("packages_path", out string? why))
        {
            throw new BadInputException($"{why}; name the package paths with --paths or REZ_PACKAGES_PATH");
        }
        IReadOnlyList<string>? configured =
            configuration.PackagesPath
            // If rez is configured, use its own paths by default, never the invented studio.
            ?? (configuration.IsOfEnvironment ? PackagePaths.FromEnvironment(HomeAlone) : null);
        if (configured is null || !parsed.GetValue(_noLocal))
        {
            return configured;
        }
        // As in rez, the path is left out if it is the first one.
        List<string> others = [.. configured];
        others.Remove(configuration.LocalPackagesPath ?? DefaultLocalPath);
        return others;
    }

    /// <summary>The default implicit packages if none are configured.</summary>
    public IReadOnlyList<string> ImplicitPackages(ParseResult parsed, IReadOnlyList<string>? paths) =>
        paths is not null ? HostPlatform.ImplicitPackages
        : parsed.GetValue(_repository) is null or EmbeddedStudio.Name ? EmbeddedStudio.ImplicitPackages
        : [];

    /// <summary>Oddities of where packages come from, one line each.</summary>
    public IEnumerable<string> Notes(ParseResult parsed, IReadOnlyList<string>? paths, Configuration configuration)
    {
        foreach ((string name, string why) in configuration.Unread)
        {
            if (name != "packages_path")
            {
                yield return $"{why}; this setting is ignored";
            }
        }
        if (paths is null && !IsBook(parsed))
        {
            yield return "no package paths are configured; the packages are those of the built-in studio, which is invented. Name "
                + "yours with --paths or REZ_PACKAGES_PATH";
        }
        if (paths is { Count: 0 })
        {
            yield return "no package path is given: --paths, REZ_PACKAGES_PATH or packages_path is empty";
        }
        foreach (string path in parsed.GetValue(_paths) is null ? [] : paths ?? [])
        {
            if (!DirectoryRoot.IsOpen(path))
            {
                yield return File.Exists(path) ? $"'{path}' of --paths is a file, not a directory"
                : Directory.Exists(path) ? $"'{path}' of --paths may not be entered by this user"
                : $"'{path}' of --paths does not exist";
            }
        }
    }

    /// <summary>Opens the repository that the command line selects.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="paths">The result of <see cref="FindPaths"/>.</param>
    /// <param name="context">The context for late-bound definitions; null outside a resolve, as for completions. Then
    /// Python is never run, even if the command line names one.</param>
    /// <param name="indexLevel">The configured trust in indexes; null if not set.</param>
    /// <param name="checkBehind">As <see cref="PackageIndexOptions.ChecksBehind"/>.</param>
    /// <param name="timeLimit">How long to wait for Python; null for no limit.</param>
    /// <param name="localPath">rez's <c>local_packages_path</c>; null for its default.</param>
    /// <exception cref="BadInputException">There is none, or the choice is ambiguous.</exception>
    /// <exception cref="PackageDataException">Its file cannot be read.</exception>
    public OpenRepository Open(
        ParseResult parsed,
        IReadOnlyList<string>? paths,
        LateContext? context,
        string? indexLevel,
        bool checkBehind = false,
        TimeSpan? timeLimit = null,
        string? localPath = null
    )
    {
        if (paths is not null)
        {
            return OpenDisk(
                parsed,
                paths,
                context,
                _index.Open(parsed, indexLevel, checkBehind),
                timeLimit,
                localPath ?? DefaultLocalPath
            );
        }
        string? file = parsed.GetValue(_repository);
        return new OpenRepository(
            file is null or EmbeddedStudio.Name
                ? new LocatedRepository(EmbeddedStudio.Read().Repository, EmbeddedStudio.Name)
                : new LocatedRepository(BookChoice.Read(file, parsed.GetValue(_book)).Repository, file)
        );
    }

    private OpenRepository OpenDisk(
        ParseResult parsed,
        IReadOnlyList<string> paths,
        LateContext? context,
        PackageIndex index,
        TimeSpan? timeLimit,
        string localPath
    )
    {
        PythonEvaluator? python =
            context is not null && parsed.GetValue(_python) is { } program
                ? new PythonEvaluator(program, context, timeLimit: timeLimit)
                : null;
        var disk = new FilesystemRepository(paths, python, index);
        return new OpenRepository(disk, disk, python, index, localPath);
    }

    private static string DefaultLocalPath => PackagePaths.Parse("~/packages")[0];

    private static string? HomeAlone(string variable) =>
        variable == "HOME" ? Environment.GetEnvironmentVariable(variable) : null;
}
