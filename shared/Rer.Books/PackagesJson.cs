using System.Text.Json;

namespace Rer.Books;

/// <summary>
/// Reads and writes a repository as JSON: families, their versions, and each version's definition, in the order in
/// which rez sees them.
/// </summary>
internal static class PackagesJson
{
    public static MemoryPackageRepository Read(JsonPlace place)
    {
        OrderedDictionary<string, IReadOnlyDictionary<string, PackageDefinition>> families = [];
        foreach ((string family, JsonPlace versions) in place.Members())
        {
            OrderedDictionary<string, PackageDefinition> definitions = [];
            foreach ((string version, JsonPlace package) in versions.Members())
            {
                if (!definitions.TryAdd(version, ReadDefinition(package)))
                {
                    throw package.Error("the version is listed twice");
                }
            }
            if (!families.TryAdd(family, definitions))
            {
                throw versions.Error("the family is listed twice");
            }
        }
        return new MemoryPackageRepository(families, Book.Location);
    }

    public static PackageDefinition ReadDefinition(JsonPlace place)
    {
        place.Allow("requires", "variants", "build_requires", "timestamp");
        return new PackageDefinition
        {
            Requires = place.OptionalMember("requires")?.Texts() ?? [],
            Variants = place.OptionalMember("variants") is { } variants
                ? [.. variants.Items("variant").Select(variant => variant.Texts())]
                : [],
            BuildRequires = place.OptionalMember("build_requires")?.Texts() ?? [],
            Timestamp = place.OptionalMember("timestamp")?.Int64() ?? 0,
        };
    }

    public static void WriteDefinition(Utf8JsonWriter writer, PackageDefinition definition)
    {
        writer.WriteStartObject();
        if (definition.Requires.Count > 0)
        {
            writer.WriteTexts("requires", definition.Requires);
        }
        if (definition.Variants.Count > 0)
        {
            writer.WriteStartArray("variants");
            foreach (IReadOnlyList<string> variant in definition.Variants)
            {
                writer.WriteTexts(variant);
            }
            writer.WriteEndArray();
        }
        if (definition.BuildRequires.Count > 0)
        {
            writer.WriteTexts("build_requires", definition.BuildRequires);
        }
        if (definition.Timestamp != 0)
        {
            writer.WriteNumber("timestamp", definition.Timestamp);
        }
        writer.WriteEndObject();
    }
}
