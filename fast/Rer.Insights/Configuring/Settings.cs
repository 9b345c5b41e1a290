using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rer.Insights.Configuring;

/// <summary>The value of a setting, expanded as in rez, and where it was found, for errors.</summary>
internal readonly record struct Setting(JsonElement Value, string Place);

/// <summary>
/// Settings by name, found as in rez: an environment variable <c>REZ_NAME</c>, or <c>REZ_NAME_JSON</c>, takes
/// precedence over the configuration file.
/// </summary>
/// <remarks>Corresponds to <c>rez.config.Setting</c> and its subclasses.</remarks>
/// <param name="file">The settings of the file; null if there is none.</param>
/// <param name="path">The file's path.</param>
/// <param name="variable">Returns the value of an environment variable; null if it is not set.</param>
/// <param name="ofEnvironment">Whether environment variables override the file. If not, they are only expanded within
/// it.</param>
internal sealed class Settings(JsonElement? file, string path, Func<string, string?> variable, bool ofEnvironment)
{
    private static readonly string[] s_trueWords = ["1", "true", "t", "yes", "y", "on"];
    private static readonly string[] s_falseWords = ["0", "false", "f", "no", "n", "off"];

    /// <summary>Whether the environment sets a value, so that the file's value does not matter.</summary>
    public bool IsOverridden(string name) =>
        ofEnvironment && (variable(VariableOf(name)) ?? variable($"{VariableOf(name)}_JSON")) is not null;

    /// <summary>A setting as JSON; null if it is not set.</summary>
    public Setting? Find(string name)
    {
        if (ofEnvironment && variable($"{VariableOf(name)}_JSON") is { } json)
        {
            return new Setting(ParseJson(json, $"{VariableOf(name)}_JSON"), $"{VariableOf(name)}_JSON");
        }
        return
            file is { } settings
            && settings.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null
            ? new Setting(Expand(value, $"{path}, '{name}'"), $"{path}, '{name}'")
            : null;
    }

    /// <summary>
    /// A setting that is a list of texts; null if it is not set. Corresponds to <c>StrList</c> and <c>PathList</c>.
    /// </summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Override(name) is { } list)
        {
            const StringSplitOptions NotEmpty = StringSplitOptions.RemoveEmptyEntries;
            string[] texts = name.EndsWith("_path", StringComparison.Ordinal)
                ? list.Split(Path.PathSeparator, NotEmpty)
                : list.Replace(',', ' ').Split((char[]?)null, NotEmpty);
            return [.. texts.Select(text => RezExpansion.Expand(text, VariableOf(name), variable))];
        }
        if (Find(name) is not { } setting)
        {
            return null;
        }
        return setting.Value.ValueKind == JsonValueKind.Array
            ? [.. setting.Value.EnumerateArray().Select(item => TextOf(item, setting.Place))]
            : throw Error(setting.Place, "a list of texts", setting.Value);
    }

    /// <summary>A setting that is a text; null if it is not set. Corresponds to <c>Str</c>.</summary>
    public string? Text(string name) =>
        Override(name) is { } text ? RezExpansion.Expand(text, VariableOf(name), variable)
        : Find(name) is { } setting ? TextOf(setting.Value, setting.Place)
        : null;

    /// <summary>A setting that is on unless it is switched off. Corresponds to <c>Bool</c>.</summary>
    public bool Flag(string name)
    {
        if (Override(name) is { } word)
        {
            string lower = word.ToLowerInvariant();
            if (!s_trueWords.Contains(lower) && !s_falseWords.Contains(lower))
            {
                throw new BadInputException(
                    $"{VariableOf(name)}: '{word}' is not one of {string.Join(", ", s_trueWords.Concat(s_falseWords))}"
                );
            }
            return s_trueWords.Contains(lower);
        }
        return Find(name) is not { } setting
            || setting.Value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw Error(setting.Place, "true or false", setting.Value),
            };
    }

    private string? Override(string name) => ofEnvironment ? variable(VariableOf(name)) : null;

    private static string VariableOf(string name) => "REZ_" + name.ToUpperInvariant();

    private JsonElement ParseJson(string json, string name)
    {
        try
        {
            return Expand(JsonDocument.Parse(json).RootElement, name);
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{name} is not JSON: {e.Message}", e);
        }
    }

    /// <summary>A value with all its texts expanded. Keys are left unchanged.</summary>
    private JsonElement Expand(JsonElement value, string place) =>
        value.GetRawText().AsSpan().ContainsAny("$~{}\\")
            ? JsonDocument.Parse(Expanded(value, place)!.ToJsonString()).RootElement
            : value;

    private JsonNode? Expanded(JsonElement value, string place) =>
        value.ValueKind switch
        {
            JsonValueKind.String => JsonValue.Create(RezExpansion.Expand(value.GetString()!, place, variable)),
            JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(item => Expanded(item, place))]),
            JsonValueKind.Object => new JsonObject(
                value
                    .EnumerateObject()
                    .DistinctBy(member => member.Name)
                    .Select(member => KeyValuePair.Create(member.Name, Expanded(member.Value, place)))
            ),
            _ => JsonNode.Parse(value.GetRawText()),
        };

    private static string TextOf(JsonElement value, string place) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Error(place, "text", value);

    private static BadInputException Error(string place, string expected, JsonElement found) =>
        new($"{place}: expected {expected}, found {Shortened(found.GetRawText())}");

    private static string Shortened(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
