using System.CommandLine;
using Rer.Insights.Catalogs;
using Rer.Repositories;

namespace Rer.Cli.Input;

/// <summary>The arguments for how requests are resolved, and for the change.</summary>
internal sealed class WorldOptions
{
    private readonly RepositoryOptions _repository = new();
    private readonly SolveOptions _options = new();

    private readonly Option<string[]> _add = new("--add")
    {
        Description = "Change: the packages in this directory (FAMILY/VERSION/package.py) are released.",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _remove = new("--remove")
    {
        Description =
            "Change: a package is gone. foo-1.2 is that version if it exists, else all versions in the range. foo is "
            + "all versions.",
        HelpName = "PACKAGE",
    };

    private readonly Option<string?> _before = new("--before")
    {
        Description = "Change: what was released between this time and --after. Times are as for --time.",
        HelpName = "TIME",
    };

    private readonly Option<string?> _after = new("--after")
    {
        Description = "The later of the two times. Default: now.",
        HelpName = "TIME",
    };

    private readonly Option<string?> _afterConfig = new("--after-config")
    {
        Description = "Change: another configuration, as for --config.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _afterPaths = new("--after-paths")
    {
        Description = "Change: other package paths, as for --paths.",
        HelpName = "PATHS",
    };

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_add);
        command.Add(_remove);
        command.Add(_before);
        command.Add(_after);
        command.Add(_afterConfig);
        command.Add(_afterPaths);
        _repository.AddTo(command);
        _options.AddTo(command);
        Option[] changes = [_add, _remove, _before, _after, _afterConfig, _afterPaths];
        command.Validators.Add(result =>
        {
            if (changes.All(change => result.GetResult(change) is null))
            {
                result.AddError(
                    "no change given; name one with --add, --remove, --before, --after, --after-config or --after-paths"
                );
            }
        });
    }

    /// <summary>The time limit of the command; null for none.</summary>
    public TimeSpan? TimeLimit(ParseResult parsed) => _options.TimeLimit(parsed);

    /// <summary>Opens both worlds.</summary>
    /// <exception cref="BadInputException">Something cannot be parsed, or does not exist.</exception>
    /// <exception cref="PackageDataException">A repository cannot be read.</exception>
    public TwoWorlds Read(ParseResult parsed)
    {
        bool isBook = _repository.IsBook(parsed);
        Configuration configuration = _options.ReadConfiguration(parsed, isBook);
        IReadOnlyList<string>? paths = _repository.FindPaths(parsed, configuration);
        OpenRepository before = Open(parsed, configuration, paths);
        var opened = new List<OpenRepository> { before };
        OpenRepository after = before;
        Configuration later = configuration;
        if (parsed.GetValue(_afterConfig) is { } file)
        {
            later = Configuration.Read(file, ofEnvironment: !isBook);
            IReadOnlyList<string>? others = _repository.FindPaths(parsed, later);
            if (!(others ?? []).SequenceEqual(paths ?? []))
            {
                opened.Add(after = Open(parsed, later, others));
            }
        }
        if (parsed.GetValue(_afterPaths) is { } list)
        {
            string[] others = [.. PackagePaths.Parse(list)];
            if (others.SequenceEqual(paths ?? []))
            {
                throw new BadInputException("--after-paths names the package paths that are already used");
            }
            opened.Add(after = Open(parsed, later, others));
        }
        ResolveOptions options = Options(parsed, configuration);
        ResolveOptions first = At(options, parsed.GetValue(_before));
        ResolveOptions second = At(
            ReferenceEquals(later, configuration) ? options : Options(parsed, later),
            parsed.GetValue(_after)
        );
        bool hasBoth = parsed.GetValue(_before) is not null && parsed.GetValue(_after) is not null;
        if (hasBoth && second.Timestamp <= first.Timestamp)
        {
            throw new BadInputException(
                $"the time of --before, {ReleaseTime.Exactly(first.Timestamp)}, is not before that of --after, "
                    + $"{ReleaseTime.Exactly(second.Timestamp)}: are the two swapped?"
            );
        }
        return new TwoWorlds(
            new World(
                before.Packages,
                first,
                _options.ReadImplicit(parsed, configuration, () => _repository.ImplicitPackages(parsed, paths))
            ),
            new World(
                Changed(after, parsed),
                second,
                _options.ReadImplicit(parsed, later, () => _repository.ImplicitPackages(parsed, paths))
            ),
            Describe(parsed),
            [.. configuration.Notes, .. _repository.Notes(parsed, paths, configuration)],
            opened
        );
    }

    private OpenRepository Open(ParseResult parsed, Configuration configuration, IReadOnlyList<string>? paths) =>
        _repository.Open(
            parsed,
            paths,
            LateContext.OfMany,
            configuration.IndexLevel,
            timeLimit: _options.TimeLimit(parsed),
            localPath: configuration.LocalPackagesPath
        );

    /// <summary>The options of a solve. The time limit is the command's.</summary>
    private ResolveOptions Options(ParseResult parsed, Configuration configuration) =>
        _options.Read(parsed, configuration) with
        {
            TimeLimit = null,
        };

    private static ResolveOptions At(ResolveOptions options, string? time) =>
        time is null ? options : options with { Timestamp = EpochTime.Parse(time, TimeProvider.System) };

    private IPackageRepository Changed(OpenRepository opened, ParseResult parsed)
    {
        IPackageRepository packages = opened.Packages;
        if (parsed.GetValue(_remove) is { Length: > 0 } removed)
        {
            packages = new WithoutPackages(packages, removed);
        }
        if (parsed.GetValue(_add) is { Length: > 0 } added)
        {
            packages = new WithPackages(packages, new FilesystemRepository([.. added.Select(Checked)], opened.Python));
        }
        return packages;
    }

    private static string Checked(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new BadInputException($"'{directory}' of --add is not a directory");
        }
        string? definition = DefinitionFiles.FindName(directory);
        return definition is null
            ? Path.GetFullPath(directory)
            : throw new BadInputException(
                $"'{directory}' of --add is a package; name the directory that contains it as FAMILY/VERSION/{definition}"
            );
    }

    private string Describe(ParseResult parsed)
    {
        (Option Option, string?[] Values)[] given =
        [
            (_add, parsed.GetValue(_add) ?? []),
            (_remove, parsed.GetValue(_remove) ?? []),
            (_before, [parsed.GetValue(_before)]),
            (_after, [parsed.GetValue(_after)]),
            (_afterConfig, [parsed.GetValue(_afterConfig)]),
            (_afterPaths, [parsed.GetValue(_afterPaths)]),
        ];
        return string.Join(
            ' ',
            given.SelectMany(item => item.Values.OfType<string>().Select(value => $"{item.Option.Name[2..]} {value}"))
        );
    }
}

/// <summary>Two worlds, and the repositories that they use.</summary>
/// <param name="Before">The current world.</param>
/// <param name="After">The world after the change.</param>
/// <param name="Change">The change, in words.</param>
/// <param name="Notes">Oddities of the input, one line each, for people.</param>
/// <param name="Opened">The repositories.</param>
internal sealed record TwoWorlds(
    World Before,
    World After,
    string Change,
    IReadOnlyList<string> Notes,
    IReadOnlyList<OpenRepository> Opened
) : IDisposable
{
    /// <summary>Saves what was read from disk.</summary>
    public void SaveIndexes()
    {
        foreach (OpenRepository repository in Opened)
        {
            repository.SaveIndex();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (OpenRepository repository in Opened)
        {
            repository.Dispose();
        }
    }
}
