using System.Text.Json.Nodes;

namespace Rer.Insights.Configuring;

/// <summary>
/// An addition that a configuration file makes to a list set by an earlier file or by rez itself. Until it is applied,
/// it is stored as an object among the file's settings.
/// </summary>
/// <remarks>Corresponds to <c>rez.utils.data_utils.ModifyList</c>.</remarks>
internal static class ListChange
{
    // The key starts with a private Unicode character, so no file contains it.
    private const string Prepend = "\ue000prepend";
    private const string Append = "\ue000append";

    /// <summary>The values in rez's own configuration.</summary>
    private static readonly Dictionary<string, string[]> s_ofRez = new()
    {
        ["packages_path"] = ["~/packages", "~/.rez/packages/int", "~/.rez/packages/ext"],
        ["implicit_packages"] = ["~platform=={system.platform}", "~arch=={system.arch}", "~os=={system.os}"],
    };

    /// <summary>Creates a change to be stored among settings.</summary>
    public static JsonObject Of(JsonArray prepend, JsonArray append) =>
        new() { [Prepend] = prepend, [Append] = append };

    /// <summary>Whether a value is a change.</summary>
    public static bool Is(JsonNode? value) => value is JsonObject change && change.ContainsKey(Append);

    /// <summary>
    /// Applies a file's value to a setting. A value that is not a change to a list replaces the setting.
    /// </summary>
    /// <param name="name">The setting.</param>
    /// <param name="earlier">The earlier value; null if only rez sets it.</param>
    /// <param name="later">The file's value.</param>
    /// <param name="path">The file, for errors.</param>
    /// <exception cref="BadInputException">The earlier value is not a list.</exception>
    public static JsonNode? Apply(string name, JsonNode? earlier, JsonNode? later, string path)
    {
        if (later is not JsonObject change || !Is(later))
        {
            return later;
        }
        JsonArray list = earlier switch
        {
            // Pass an array of nodes. Adding items one by one would use the generic Add, which is not safe to compile
            // ahead of time.
            null => new JsonArray([.. s_ofRez.GetValueOrDefault(name, []).Select(text => (JsonNode)text)]),
            JsonArray items => items,
            _ => throw new BadInputException(
                $"{path}: '{name}': ModifyList adds to a list, but the earlier value is not a list"
            ),
        };
        return new JsonArray([
            .. new[] { change[Prepend]!.AsArray(), list, change[Append]!.AsArray() }
                .SelectMany(items => items)
                .Select(item => item?.DeepClone()),
        ]);
    }
}
