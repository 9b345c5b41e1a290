using System.Text.Json.Nodes;

namespace Rer.Insights.Configuring;

/// <summary>
/// What a configuration file adds to a list that an earlier file, or rez itself, sets. It stands in the file's settings as an
/// object of its own until it is applied.
/// </summary>
/// <remarks>Answers to <c>rez.utils.data_utils.ModifyList</c>.</remarks>
internal static class ListChange
{
    // No name that a file could have: of the private characters of Unicode.
    private const string Prepend = "\ue000prepend";
    private const string Append = "\ue000append";

    /// <summary>What rez's own configuration has.</summary>
    private static readonly Dictionary<string, string[]> s_ofRez = new()
    {
        ["packages_path"] = ["~/packages", "~/.rez/packages/int", "~/.rez/packages/ext"],
        ["implicit_packages"] = ["~platform=={system.platform}", "~arch=={system.arch}", "~os=={system.os}"],
    };

    /// <summary>A change, as it stands among settings.</summary>
    public static JsonObject Of(JsonArray prepend, JsonArray append) =>
        new() { [Prepend] = prepend, [Append] = append };

    /// <summary>Whether a value is a change.</summary>
    public static bool Is(JsonNode? value) => value is JsonObject change && change.ContainsKey(Append);

    /// <summary>A setting as a file changes it; what is no change of a list is the setting itself.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="earlier">What it was; null if nothing but rez sets it.</param>
    /// <param name="later">What the file says.</param>
    /// <param name="path">The file, for errors.</param>
    /// <exception cref="BadInputException">It was no list.</exception>
    public static JsonNode? Apply(string name, JsonNode? earlier, JsonNode? later, string path)
    {
        if (later is not JsonObject change || !Is(later))
            return later;
        JsonArray list = earlier switch
        {
            // Given as an array of nodes: adding one by one is, to the compiler ahead of time, adding anything at all.
            null => new JsonArray([.. s_ofRez.GetValueOrDefault(name, []).Select(text => (JsonNode)text)]),
            JsonArray items => items,
            _ => throw new BadInputException($"{path}: '{name}': ModifyList adds to a list, and there is none"),
        };
        return new JsonArray([
            .. new[] { change[Prepend]!.AsArray(), list, change[Append]!.AsArray() }
                .SelectMany(items => items)
                .Select(item => item?.DeepClone()),
        ]);
    }
}
