using System.Text.Json;

namespace Rer.Books;

/// <summary>
/// Reads and writes package filters in the syntax of rez's configuration: an object with <c>excludes</c> and
/// <c>includes</c>, each a rule or a list of rules, or a list of such objects.
/// </summary>
/// <remarks>Corresponds to <c>PackageFilterList.from_pod</c> and <c>to_pod</c>.</remarks>
public static class PackageFilterJson
{
    /// <summary>Reads filters without parsing their rules.</summary>
    /// <param name="value">A filter or a list of filters.</param>
    /// <param name="source">The value's name in errors, such as the path of its file.</param>
    /// <exception cref="PackageDataException">The value is something else.</exception>
    public static IReadOnlyList<PackageFilter> Read(JsonElement value, string source) =>
        Read(new JsonPlace(value, new JsonTrail(null, source)));

    internal static IReadOnlyList<PackageFilter> Read(JsonPlace place) =>
        place.Value.ValueKind == JsonValueKind.Object
            ? [ReadFilter(place)]
            : [.. place.Items("filter").Select(ReadFilter)];

    private static PackageFilter ReadFilter(JsonPlace place)
    {
        place.Allow("excludes", "includes");
        return new PackageFilter(
            place.OptionalMember("excludes")?.TextOrTexts() ?? [],
            place.OptionalMember("includes")?.TextOrTexts() ?? []
        );
    }

    /// <summary>Writes a list of filters.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<PackageFilter> filters)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(filters);
        writer.WriteStartArray();
        foreach (PackageFilter filter in filters)
        {
            writer.WriteStartObject();
            if (filter.Excludes.Count > 0)
            {
                writer.WriteTexts("excludes", filter.Excludes);
            }
            if (filter.Includes.Count > 0)
            {
                writer.WriteTexts("includes", filter.Includes);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
