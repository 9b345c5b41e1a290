using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rer.Insights.Configuring;

/// <summary>The settings of rez's configuration files, in YAML or JSON.</summary>
/// <param name="Root">The settings; null where there are none.</param>
/// <param name="Path">The file, or the list of files, for errors.</param>
/// <param name="UnreadFile">The first file that is Python, which is not read; null if all were read.</param>
internal sealed record ConfigurationFile(JsonElement? Root, string Path, string? UnreadFile)
{
    /// <summary>The variable that names rez's configuration files.</summary>
    public const string Variable = "REZ_CONFIG_FILE";

    /// <summary>More than a configuration is ever long, and soon read.</summary>
    private const int MaxLength = 16 << 20;

    /// <summary>Reads a file that was asked for.</summary>
    /// <exception cref="BadInputException">It cannot be read.</exception>
    public static ConfigurationFile Read(string path) =>
        IsPython(path)
            ? throw new BadInputException($"{path} is Python, which is not read here: name a file in YAML or JSON")
            : new ConfigurationFile(ReadRoot(path), path, UnreadFile: null);

    /// <summary>
    /// Reads a list of files as rez does: what is not there is passed over, a file in Python goes before one beside it of
    /// another kind, later files go before earlier ones.
    /// </summary>
    /// <remarks>Answers to <c>rez.config._load_config_from_filepaths</c>.</remarks>
    /// <exception cref="BadInputException">One cannot be read.</exception>
    public static ConfigurationFile ReadAll(string list)
    {
        string[] files = [.. list.Split(System.IO.Path.PathSeparator).Select(RezSibling).Where(File.Exists)];
        JsonElement[] roots = [.. files.Where(file => !IsPython(file)).Select(ReadRoot).OfType<JsonElement>()];
        JsonElement? root = roots switch
        {
            [] => null,
            [var only] => only,
            _ => JsonDocument.Parse(roots.Select(ObjectOf).Aggregate(Merged).ToJsonString()).RootElement,
        };
        return new ConfigurationFile(root, list, files.FirstOrDefault(IsPython));
    }

    private static string RezSibling(string path)
    {
        string python = System.IO.Path.ChangeExtension(path, ".py");
        return File.Exists(python) ? python : path;
    }

    private static bool IsPython(string path) => path.EndsWith(".py", StringComparison.OrdinalIgnoreCase);

    private static JsonObject ObjectOf(JsonElement root) => JsonObject.Create(root)!;

    /// <summary><c>rez.utils.data_utils.deep_update</c>: mappings are merged, all else is replaced.</summary>
    private static JsonObject Merged(JsonObject settings, JsonObject later)
    {
        foreach ((string name, JsonNode? value) in later)
        {
            settings[name] =
                settings[name] is JsonObject mine && value is JsonObject others
                    ? Merged((JsonObject)mine.DeepClone(), others)
                    : value?.DeepClone();
        }
        return settings;
    }

    private static JsonElement? ReadRoot(string path)
    {
        string text = ReadText(path);
        // JSON is YAML, but for the tabs that people indent it with.
        JsonElement root = IsJson(path) ? ParseJson(text, path) : YamlJson.Parse(text, path);
        return root.ValueKind switch
        {
            JsonValueKind.Object => root,
            JsonValueKind.Null => null,
            _ => throw new BadInputException($"{path}: expected settings by name, such as 'package_filter: ...'"),
        };
    }

    private static string ReadText(string path)
    {
        if (Directory.Exists(path))
            throw new BadInputException($"{path}: it is a directory: name the file in it");
        try
        {
            using var reader = new StreamReader(path);
            var text = new StringBuilder();
            var buffer = new char[4096];
            for (int length; (length = reader.Read(buffer)) > 0; text.Append(buffer, 0, length))
            {
                if (text.Length > MaxLength)
                    throw new BadInputException($"{path}: it has more than {MaxLength >> 20} MB");
            }
            return text.ToString();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string reason =
                path.Length == 0 ? "the name of the file is empty"
                : e is FileNotFoundException or DirectoryNotFoundException ? "no such file"
                : e.Message;
            throw new BadInputException($"{path}: {reason}", e);
        }
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
