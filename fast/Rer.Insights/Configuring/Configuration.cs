using System.Text.Json;
using Rer.Books;
using Rer.Insights.Configuring;
using Rer.Insights.Text;
using Rer.Repositories.Disk;

namespace Rer.Insights;

/// <summary>The settings of rez's configuration that affect a resolve. All other settings are ignored.</summary>
/// <param name="PackageFilters">rez's <c>package_filter</c>.</param>
/// <param name="PackageOrderers">rez's <c>package_orderers</c>; null if there are none.</param>
/// <param name="ImplicitPackages">rez's <c>implicit_packages</c>; null if not set.</param>
/// <param name="PackagesPath">rez's <c>packages_path</c>; null if not set.</param>
/// <param name="LocalPackagesPath">rez's <c>local_packages_path</c>; null if not set.</param>
/// <param name="VariantSelectMode">rez's <c>variant_select_mode</c>; null if not set.</param>
/// <param name="ErrorOnMissingVariantRequires">rez's <c>error_on_missing_variant_requires</c>.</param>
/// <param name="PruneFailedGraph">rez's <c>prune_failed_graph</c>.</param>
public sealed record Configuration(
    IReadOnlyList<PackageFilter> PackageFilters,
    IReadOnlyList<PackageOrderer>? PackageOrderers,
    IReadOnlyList<string>? ImplicitPackages,
    IReadOnlyList<string>? PackagesPath,
    string? LocalPackagesPath,
    string? VariantSelectMode,
    bool ErrorOnMissingVariantRequires,
    bool PruneFailedGraph
)
{
    private const string IndexSetting = "rer_index";

    private static readonly string[] s_names =
    [
        "package_filter",
        "package_orderers",
        "implicit_packages",
        "packages_path",
        "local_packages_path",
        "variant_select_mode",
        "error_on_missing_variant_requires",
        "prune_failed_graph",
        IndexSetting,
    ];

    /// <summary>Problems in the file that do not prevent its use, one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// How far indexes of package paths are trusted, as in <c>--index</c>; null if not set. This setting is Rer's own,
    /// and rez ignores it.
    /// </summary>
    public string? IndexLevel { get; init; }

    /// <summary>
    /// The settings of a Python configuration that cannot be known without running Python, each with a sentence that
    /// gives the place and the reason. They keep the values that they have without a configuration.
    /// </summary>
    public IReadOnlyDictionary<string, string> Unread { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the configuration was read from the files in <c>REZ_CONFIG_FILE</c>.</summary>
    public bool IsOfEnvironment { get; init; }

    /// <summary>
    /// Reads the settings that rez would have with configuration files, with environment variables, or with neither.
    /// </summary>
    /// <param name="path">The file to read, in YAML, JSON or Python; null for none.</param>
    /// <param name="ofEnvironment">Whether to read the environment as rez does: one variable for each setting and, if
    /// no file was given, <c>REZ_CONFIG_FILE</c>.</param>
    /// <exception cref="BadInputException">A file cannot be read, or a setting is not what rez expects.</exception>
    public static Configuration Read(string? path, bool ofEnvironment) =>
        Read(path, ofEnvironment, ProcessText.Variable);

    /// <inheritdoc cref="Read(string?, bool)" />
    internal static Configuration Read(string? path, bool ofEnvironment, Func<string, string?> variable)
    {
        ConfigurationFile? file =
            path is not null ? ConfigurationFile.Read(path, s_names)
            : ofEnvironment && variable(ConfigurationFile.Variable) is { Length: > 0 } list
                ? ConfigurationFile.ReadAll(list, s_names)
            : null;
        var settings = new Settings(file?.Root, file?.Path ?? "", variable, ofEnvironment);
        return new Configuration(
            settings.Find("package_filter") is { } filter ? PackageFilterJson.Read(filter.Value, filter.Place) : [],
            settings.Find("package_orderers") is { } orderers
                ? PackageOrdererJson.Read(orderers.Value, orderers.Place)
                : null,
            settings.Texts("implicit_packages"),
            settings.Texts("packages_path"),
            settings.Text("local_packages_path"),
            settings.Text("variant_select_mode"),
            settings.Flag("error_on_missing_variant_requires"),
            settings.Flag("prune_failed_graph")
        )
        {
            Notes = file?.Root is { } root ? [.. Misspelt(root, file.Path)] : [],
            IndexLevel = settings.Text(IndexSetting),
            Unread = (file?.Unread ?? new Dictionary<string, string>())
                .Where(setting => !settings.IsOverridden(setting.Key))
                .ToDictionary(),
            IsOfEnvironment = path is null && file is not null,
        };
    }

    /// <summary>
    /// Keys that look like misspelt settings. rez accepts any key, so these are not errors, but they have no effect.
    /// </summary>
    private static IEnumerable<string> Misspelt(JsonElement root, string path) =>
        root.EnumerateObject()
            .Where(setting => !s_names.Contains(setting.Name))
            .Select(setting => (setting.Name, Near: Spelling.Nearest(setting.Name, s_names)))
            .Where(setting => setting.Near is not null)
            .Select(setting =>
                $"{path}: there is no setting '{setting.Name}', so it has no effect; did you mean '{setting.Near}'?"
            );
}
