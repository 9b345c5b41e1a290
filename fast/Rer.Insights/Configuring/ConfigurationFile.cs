using System.Text.Json;
using System.Text.Json.Nodes;
using Rer.Insights.Text;

namespace Rer.Insights.Configuring;

/// <summary>The settings of rez's configuration files, in YAML, JSON or Python.</summary>
/// <param name="Root">The settings; null if there are none.</param>
/// <param name="Path">The file or the list of files, for errors.</param>
/// <param name="Unread">The settings that cannot be known without running Python, and why.</param>
internal sealed record ConfigurationFile(JsonElement? Root, string Path, IReadOnlyDictionary<string, string> Unread)
{
    /// <summary>The environment variable that names rez's configuration files.</summary>
    public const string Variable = "REZ_CONFIG_FILE";

    /// <summary>No configuration is nearly this long, and a file of this length is still quick to read.</summary>
    private const int MaxMegabytes = 16;

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">The settings to read if the file is in Python.</param>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public static ConfigurationFile Read(string path, IEnumerable<string> names)
    {
        ConfigurationFile file = ReadAlone(path, names);
        return file.Root is { } root ? file with { Root = Parsed(Merged([], ObjectOf(root), path)) } : file;
    }

    /// <summary>Reads a file without applying its additions to lists.</summary>
    private static ConfigurationFile ReadAlone(string path, IEnumerable<string> names)
    {
        Dictionary<string, string> unread = [];
        JsonElement? root = IsPython(path) ? ReadPython(path, names, unread) : ReadRoot(path);
        return new ConfigurationFile(root, path, unread);
    }

    private static JsonElement Parsed(JsonObject settings) => JsonDocument.Parse(settings.ToJsonString()).RootElement;

    /// <summary>
    /// Reads a list of files as rez does. Missing files are skipped. A Python file takes precedence over a file of
    /// another kind beside it. Later files take precedence over earlier ones.
    /// </summary>
    /// <remarks>Corresponds to <c>rez.config._load_config_from_filepaths</c>.</remarks>
    /// <param name="list">The files.</param>
    /// <param name="names">The settings to read from files in Python.</param>
    /// <exception cref="BadInputException">A file cannot be read.</exception>
    public static ConfigurationFile ReadAll(string list, IReadOnlyCollection<string> names)
    {
        Dictionary<string, string> unread = [];
        JsonObject? settings = null;
        foreach (string file in list.Split(System.IO.Path.PathSeparator).Select(RezSibling).Where(File.Exists))
        {
            ConfigurationFile next = ReadAlone(file, names);
            if (next.Root is { } root)
            {
                JsonObject later = ObjectOf(root);
                foreach (string name in later.Select(setting => setting.Key).Where(unread.ContainsKey).ToArray())
                {
                    // Adding to an unknown list leaves it unknown.
                    if (ListChange.Is(later[name]))
                    {
                        later.Remove(name);
                    }
                    else
                    {
                        unread.Remove(name);
                    }
                }
                settings = Merged(settings ?? [], later, file);
            }
            foreach ((string name, string why) in next.Unread)
            {
                unread[name] = why;
            }
        }
        return new ConfigurationFile(settings is null ? null : Parsed(settings), list, unread);
    }

    private static JsonElement ReadPython(string path, IEnumerable<string> names, Dictionary<string, string> unread)
    {
        byte[] content = InputFile.ReadBytes(path, MaxMegabytes);
        JsonObject settings = PythonConfiguration.Read(path, content, names, unread);
        return JsonDocument.Parse(settings.ToJsonString()).RootElement;
    }

    private static string RezSibling(string path)
    {
        string python = System.IO.Path.ChangeExtension(path, ".py");
        return File.Exists(python) ? python : path;
    }

    private static bool IsPython(string path) => path.EndsWith(".py", StringComparison.OrdinalIgnoreCase);

    private static JsonObject ObjectOf(JsonElement root) => JsonObject.Create(root)!;

    /// <summary>
    /// Merges settings as <c>rez.utils.data_utils.deep_update</c> does. Mappings are merged, lists may be extended, and
    /// everything else is replaced.
    /// </summary>
    private static JsonObject Merged(JsonObject settings, JsonObject later, string path)
    {
        foreach ((string name, JsonNode? value) in later)
        {
            JsonNode? earlier = settings[name];
            settings[name] =
                value is JsonObject others && !ListChange.Is(value)
                    ? Merged(earlier is JsonObject mine ? (JsonObject)mine.DeepClone() : [], others, path)
                    : ListChange.Apply(name, earlier, value, path)?.DeepClone();
        }
        return settings;
    }

    private static JsonElement? ReadRoot(string path)
    {
        string text = InputFile.ReadText(path, MaxMegabytes);
        // JSON is also YAML, except for the tabs that people indent it with.
        JsonElement root = IsJson(path) ? ParseJson(text, path) : YamlJson.Parse(text, path);
        return root.ValueKind switch
        {
            JsonValueKind.Object => root,
            JsonValueKind.Null => null,
            _ => throw new BadInputException($"{path}: expected settings by name, such as 'package_filter: ...'"),
        };
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
}
