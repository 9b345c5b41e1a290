using System.Text.Json;
using Rer.Books;

namespace Rer.Cli.Input;

/// <summary>
/// The settings of rez's configuration that a resolve depends on, from a file in YAML or JSON. A configuration has many
/// more; those are passed over.
/// </summary>
/// <param name="PackageFilters">rez's <c>package_filter</c>.</param>
/// <param name="PackageOrderers">rez's <c>package_orderers</c>; null if it has none.</param>
/// <param name="ImplicitPackages">rez's <c>implicit_packages</c>; null if it does not say.</param>
/// <param name="PackagesPath">rez's <c>packages_path</c>; null if it does not say.</param>
/// <param name="VariantSelectMode">rez's <c>variant_select_mode</c>; null if it does not say.</param>
/// <param name="ErrorOnMissingVariantRequires">rez's <c>error_on_missing_variant_requires</c>.</param>
/// <param name="PruneFailedGraph">rez's <c>prune_failed_graph</c>.</param>
internal sealed record Configuration(
    IReadOnlyList<PackageFilter> PackageFilters,
    IReadOnlyList<PackageOrderer>? PackageOrderers,
    IReadOnlyList<string>? ImplicitPackages,
    IReadOnlyList<string>? PackagesPath,
    string? VariantSelectMode,
    bool ErrorOnMissingVariantRequires,
    bool PruneFailedGraph
)
{
    /// <summary>What rez has without a configuration.</summary>
    public static Configuration Default { get; } = new([], null, null, null, null, true, true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">It cannot be read, or a setting is something else than rez expects.</exception>
    public static Configuration Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message;
            throw new BadInputException($"{path}: {reason}", e);
        }
        // JSON is YAML, but for the tabs that people indent it with.
        JsonElement root = IsJson(path) ? ParseJson(text, path) : YamlJson.Parse(text, path);
        return root.ValueKind switch
        {
            JsonValueKind.Object => Read(root, path),
            JsonValueKind.Null => Default,
            _ => throw new BadInputException($"{path}: expected settings by name, such as 'package_filter: ...'"),
        };
    }

    private static Configuration Read(JsonElement root, string path)
    {
        JsonElement? Setting(string name) =>
            root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
        bool Flag(string name) =>
            Setting(name) is not { } value
            || value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw Error(path, name, "true or false", value),
            };

        return new Configuration(
            Setting("package_filter") is { } filter ? PackageFilterJson.Read(filter, $"{path}, 'package_filter'") : [],
            Setting("package_orderers") is { } orderers
                ? PackageOrdererJson.Read(orderers, $"{path}, 'package_orderers'")
                : null,
            Setting("implicit_packages") is { } @implicit ? Texts(@implicit, path, "implicit_packages") : null,
            Setting("packages_path") is { } paths ? Texts(paths, path, "packages_path") : null,
            Setting("variant_select_mode") is { } mode ? Text(mode, path, "variant_select_mode") : null,
            Flag("error_on_missing_variant_requires"),
            Flag("prune_failed_graph")
        );
    }

    private static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static JsonElement ParseJson(string text, string path)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{path}: not JSON: {e.Message}", e);
        }
    }

    private static string[] Texts(JsonElement value, string path, string name) =>
        value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => Text(item, path, name))]
            : throw Error(path, name, "a list of texts", value);

    private static string Text(JsonElement value, string path, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Error(path, name, "text", value);

    private static BadInputException Error(string path, string name, string expected, JsonElement found) =>
        new($"{path}: '{name}': expected {expected}, found {found.GetRawText()}");
}
