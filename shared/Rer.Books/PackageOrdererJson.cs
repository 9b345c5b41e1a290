using System.Text.Json;

namespace Rer.Books;

/// <summary>
/// Reads and writes package orderers in the syntax of rez's configuration: a list of objects, each with its
/// <c>type</c>.
/// </summary>
/// <remarks>Corresponds to <c>PackageOrderList.from_pod</c> and <c>to_pod</c>.</remarks>
public static class PackageOrdererJson
{
    private static readonly OrderedDictionary<string, Func<JsonPlace, PackageOrderer>> s_readers = new()
    {
        ["sorted"] = ReadSorted,
        ["version_split"] = ReadVersionSplit,
        ["soft_timestamp"] = ReadSoftTimestamp,
        ["no_order"] = ReadNoOrder,
        ["per_family"] = ReadPerFamily,
    };

    /// <summary>Reads orderers.</summary>
    /// <param name="value">A list of orderers.</param>
    /// <param name="source">The value's name in errors, such as the path of its file.</param>
    /// <exception cref="PackageDataException">The value is something else.</exception>
    public static IReadOnlyList<PackageOrderer> Read(JsonElement value, string source) =>
        Read(new JsonPlace(value, new JsonTrail(null, source)));

    internal static IReadOnlyList<PackageOrderer> Read(JsonPlace place) =>
        [.. place.Items("orderer").Select(ReadOrderer)];

    private static PackageOrderer ReadOrderer(JsonPlace place) => place.Member("type").OneOf(s_readers)(place);

    private static SortedOrderer ReadSorted(JsonPlace place)
    {
        place.Allow("type", "packages", "descending");
        return new SortedOrderer(place.Member("descending").Boolean()) { Packages = ReadPackages(place) };
    }

    private static VersionSplitOrderer ReadVersionSplit(JsonPlace place)
    {
        place.Allow("type", "packages", "first_version");
        return new VersionSplitOrderer(place.Member("first_version").Text()) { Packages = ReadPackages(place) };
    }

    private static SoftTimestampOrderer ReadSoftTimestamp(JsonPlace place)
    {
        place.Allow("type", "packages", "timestamp", "rank");
        long timestamp = place.Member("timestamp").Int64();
        return new SoftTimestampOrderer(timestamp, place.OptionalMember("rank")?.Int32() ?? 0)
        {
            Packages = ReadPackages(place),
        };
    }

    private static NoOrderer ReadNoOrder(JsonPlace place)
    {
        place.Allow("type", "packages");
        return new NoOrderer { Packages = ReadPackages(place) };
    }

    private static PerFamilyOrderer ReadPerFamily(JsonPlace place)
    {
        place.Allow("type", "orderers", "default_order");
        JsonPlace orderers = place.Member("orderers");
        foreach (JsonPlace orderer in orderers.Items("orderer"))
        {
            _ = orderer.Member("packages");
        }
        return new PerFamilyOrderer(
            Read(orderers),
            place.OptionalMember("default_order") is { } defaultOrder ? ReadOrderer(defaultOrder) : null
        );
    }

    private static string[]? ReadPackages(JsonPlace place) => place.OptionalMember("packages")?.TextOrTexts();

    /// <summary>Writes a list of orderers.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<PackageOrderer> orderers)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(orderers);
        writer.WriteStartArray();
        foreach (PackageOrderer orderer in orderers)
        {
            WriteOrderer(writer, orderer);
        }
        writer.WriteEndArray();
    }

    private static void WriteOrderer(Utf8JsonWriter writer, PackageOrderer orderer)
    {
        writer.WriteStartObject();
        switch (orderer)
        {
            case SortedOrderer sorted:
                writer.WriteString("type", "sorted");
                writer.WriteBoolean("descending", sorted.Descending);
                break;
            case VersionSplitOrderer split:
                writer.WriteString("type", "version_split");
                writer.WriteString("first_version", split.FirstVersion);
                break;
            case SoftTimestampOrderer soft:
                writer.WriteString("type", "soft_timestamp");
                writer.WriteNumber("timestamp", soft.Timestamp);
                writer.WriteNumber("rank", soft.Rank);
                break;
            case NoOrderer:
                writer.WriteString("type", "no_order");
                break;
            case PerFamilyOrderer perFamily:
                writer.WriteString("type", "per_family");
                writer.WritePropertyName("orderers");
                Write(writer, perFamily.Orderers);
                if (perFamily.DefaultOrder is { } defaultOrder)
                {
                    writer.WritePropertyName("default_order");
                    WriteOrderer(writer, defaultOrder);
                }
                break;
            default:
                throw new ArgumentException($"not one of rez's orderers: {orderer.GetType().Name}", nameof(orderer));
        }
        if (orderer.Packages is { } packages)
        {
            writer.WriteTexts("packages", packages);
        }
        writer.WriteEndObject();
    }
}
