using System.CommandLine;
using Rer.Insights.Configuring;

namespace Rer.Cli.Input;

/// <summary>The options of a solve, with the names that <c>rez-env</c> uses.</summary>
/// <param name="withTime">Whether they include the time.</param>
internal sealed class SolveOptions(bool withTime = true)
{
    private readonly Option<string[]> _exclude = new("--exclude")
    {
        Description =
            "Hide packages that match one of these rules: '*.beta', foo-5+, glob(..), regex(..), range(..), "
            + "before(..), after(..).",
        HelpName = "RULE...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _include = new("--include")
    {
        Description = "Show packages that match one of these rules, even if --exclude hides them.",
        HelpName = "RULE...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _time = new("--time", "-t")
    {
        Description =
            "Ignore packages released after this time: seconds since 1970 (1393014494) or how long ago (-10s, -5m, "
            + "-0.5h, -10d, -2w).",
        HelpName = "TIME",
    };

    private readonly Option<int> _maxFails = new("--max-fails")
    {
        Description = "Fail after this many failed steps of the solve; -1 for no limit.",
        HelpName = "N",
        DefaultValueFactory = _ => -1,
    };

    private readonly Option<double> _timeLimit = new("--time-limit")
    {
        Description = "Stop after this many seconds, including reading (exit code 3); -1 for no limit.",
        HelpName = "SECS",
        DefaultValueFactory = _ => -1,
    };

    private readonly Option<bool> _build = new("--build", "-b")
    {
        Description = "Resolve for a build: build requirements of packages count.",
    };

    private readonly Option<bool> _noFilters = new("--no-filters")
    {
        Description = "Ignore the configured filters. --exclude and --include still apply.",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description =
            "Read settings from this file (YAML, JSON or Python), in the syntax of rez's configuration: "
            + "package_filter, package_orderers, implicit_packages, packages_path, local_packages_path, "
            + "variant_select_mode, error_on_missing_variant_requires and prune_failed_graph. Variables such as "
            + "REZ_PACKAGES_PATH take precedence, as in rez. Default: the files of REZ_CONFIG_FILE. The orderer "
            + "soft_timestamp looks for releases in the packages that are resolved from; rez looks in its configured "
            + "paths.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _noImplicit = new("--no-implicit", "--ni")
    {
        Description = "Do not add implicit packages to the request.",
    };

    private readonly Option<string[]> _implicit = new("--implicit")
    {
        Description =
            "Add these requirements to the request, as rez's implicit_packages; {system.platform}, {system.arch} and "
            + "{system.os} stand for this machine. Default: the configured ones, else rez's ~platform, ~arch and ~os. "
            + "For packages on disk they name this machine, for the built-in studio its Linux machines. A book has "
            + "none.",
        HelpName = "REQUIREMENT...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _variantSelectMode = CreateVariantSelectMode();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_config);
        command.Add(_exclude);
        command.Add(_include);
        command.Add(_noFilters);
        if (withTime)
        {
            command.Add(_time);
        }
        command.Add(_maxFails);
        command.Add(_timeLimit);
        command.Add(_build);
        command.Add(_variantSelectMode);
        command.Add(_implicit);
        command.Add(_noImplicit);
    }

    /// <summary>Adds only the option that names a configuration.</summary>
    public void AddConfigurationTo(Command command) => command.Add(_config);

    /// <summary>
    /// The configuration: from the file that was named, else from the environment, else rez's defaults.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="isBook">Whether packages come from a book. The environment does not apply to those.</param>
    public Configuration ReadConfiguration(ParseResult parsed, bool isBook) =>
        Configuration.Read(parsed.GetValue(_config), ofEnvironment: !isBook);

    /// <summary>The requirements to add to the request.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="ofRepository">Returns the default if neither sets them. It may have to run another program.</param>
    public IReadOnlyList<string> ReadImplicit(
        ParseResult parsed,
        Configuration configuration,
        Func<IReadOnlyList<string>> ofRepository
    )
    {
        if (parsed.GetValue(_noImplicit))
        {
            return [];
        }
        if (parsed.GetValue(_implicit) is not { Length: > 0 } given)
        {
            return configuration.ImplicitPackages ?? ofRepository();
        }
        return [.. given.Select(text => RezExpansion.Expand(text, "--implicit", Environment.GetEnvironmentVariable))];
    }

    /// <summary>The time limit of the command; null for none.</summary>
    public TimeSpan? TimeLimit(ParseResult parsed) =>
        parsed.GetValue(_timeLimit) switch
        {
            double.NaN => throw new BadInputException("--time-limit: expected a number of seconds, found 'NaN'"),
            // Longer than a TimeSpan amounts to no limit.
            < 0 or > 1e9 => null,
            var seconds => TimeSpan.FromSeconds(seconds),
        };

    /// <summary>Reads the options.</summary>
    /// <exception cref="BadInputException">One cannot be parsed.</exception>
    public ResolveOptions Read(ParseResult parsed, Configuration configuration)
    {
        int maxFails = parsed.GetValue(_maxFails);
        return new ResolveOptions
        {
            PackageFilters = FilterRules.Add(
                parsed.GetValue(_noFilters) ? [] : configuration.PackageFilters,
                parsed.GetValue(_exclude) ?? [],
                parsed.GetValue(_include) ?? []
            ),
            PackageOrderers = configuration.PackageOrderers,
            ErrorOnMissingVariantRequires = configuration.ErrorOnMissingVariantRequires,
            PruneUnfailed = configuration.PruneFailedGraph,
            Timestamp = parsed.GetValue(_time) is { } time ? EpochTime.Parse(time, TimeProvider.System) : 0,
            MaxFails = maxFails < 0 ? null : maxFails,
            TimeLimit = TimeLimit(parsed),
            Building = parsed.GetValue(_build),
            VariantSelectMode = ReadVariantSelectMode(
                parsed.GetValue(_variantSelectMode) ?? configuration.VariantSelectMode
            ),
        };
    }

    /// <summary>Creates the option that chooses how variants are preferred.</summary>
    public static Option<string?> CreateVariantSelectMode()
    {
        var option = new Option<string?>("--variant-select-mode")
        {
            Description = "Which variants are preferred, as rez's setting of that name. Default: version_priority.",
            HelpName = "version_priority|intersection_priority",
        };
        option.AcceptOnlyFromAmong("version_priority", "intersection_priority");
        return option;
    }

    /// <summary>A mode by name; null for the default.</summary>
    public static VariantSelectMode ReadVariantSelectMode(string? name) =>
        name switch
        {
            null or "version_priority" => VariantSelectMode.VersionPriority,
            "intersection_priority" => VariantSelectMode.IntersectionPriority,
            _ => throw new BadInputException(
                $"'{name}' is not a variant_select_mode; give version_priority or intersection_priority"
            ),
        };
}
