using System.CommandLine;
using Rer.Repositories;

namespace Rer.Cli.Input;

/// <summary>The options for which indexes of package paths are read, and how far they are trusted.</summary>
internal sealed class IndexOptions
{
    private const string CacheVariable = "RER_CACHE_DIR";
    private const string LevelVariable = "RER_INDEX";
    private const string DirectoryVariable = "RER_INDEX_DIR";
    private const string Off = "off";

    /// <summary>The names of the levels.</summary>
    public static readonly string[] Levels = ["strict", "listing", "published"];

    /// <summary>The environment variables that set what an option does not.</summary>
    public static readonly string[] Variables = [CacheVariable, LevelVariable, DirectoryVariable];

    private readonly Option<string?> _cache = new("--cache")
    {
        Description =
            $"Remember in this directory what is read from packages on disk. Default: the variable {CacheVariable}, "
            + "else nothing is remembered.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _level = new("--index")
    {
        Description =
            "How much is still checked on disk if an index (from --cache or 'rer index update') has the packages. "
            + "strict: the directory of each family and each definition that the solve uses; misses nothing that "
            + "changes a time that the file system keeps. listing: the directories of the families; misses definitions "
            + "that were edited after their release. published: only the published index; misses what was released or "
            + $"changed since it was made. off: published indexes are not read. Default: the variable {LevelVariable}, "
            + "else rer_index of the configuration, else strict.",
        HelpName = "strict|listing|published|off",
    };

    private readonly Option<string?> _directory = new("--index-dir")
    {
        Description =
            "Look for published indexes in this directory, instead of .rer in the package paths. Default: the "
            + $"variable {DirectoryVariable}, else the package paths.",
        HelpName = "DIR",
    };

    public IndexOptions() => _level.CompletionSources.Add([.. Levels, Off]);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_cache);
        command.Add(_level);
        command.Add(_directory);
    }

    /// <summary>The directory of published indexes in the environment; null to use the package paths.</summary>
    public static string? DirectoryOfEnvironment() => FromEnvironment(DirectoryVariable);

    /// <summary>Opens the index that the command line selects. Nothing is read yet.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="configured">The level in the configuration; null if not set.</param>
    /// <param name="checkBehind">As <see cref="PackageIndexOptions.ChecksBehind"/>.</param>
    /// <exception cref="BadInputException">There is no such level.</exception>
    public PackageIndex Open(ParseResult parsed, string? configured, bool checkBehind)
    {
        (string? level, string source) =
            parsed.GetValue(_level) is { } asked ? (asked, "--index")
            : FromEnvironment(LevelVariable) is { } found ? (found, $"the variable {LevelVariable}")
            : (configured, "the configuration's rer_index");
        return new PackageIndex(
            new PackageIndexOptions
            {
                CacheDirectory = NullIfEmpty(parsed.GetValue(_cache)) ?? FromEnvironment(CacheVariable),
                Level = LevelOf(level, source),
                ReadsPublished = level != Off,
                PublishedDirectory = NullIfEmpty(parsed.GetValue(_directory)) ?? DirectoryOfEnvironment(),
                ChecksBehind = checkBehind,
            }
        );
    }

    private static IndexLevel LevelOf(string? level, string source) =>
        level switch
        {
            null or Off or "strict" => IndexLevel.Strict,
            "listing" => IndexLevel.Listing,
            "published" => IndexLevel.Published,
            _ => throw new BadInputException($"{source}: expected strict, listing, published or off, found '{level}'"),
        };

    private static string? FromEnvironment(string variable) =>
        NullIfEmpty(Environment.GetEnvironmentVariable(variable));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
