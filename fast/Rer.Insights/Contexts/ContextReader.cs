using System.Text.Json;
using Rer.Books;
using Rer.Insights.Configuring;
using Rer.Insights.Text;

namespace Rer.Insights.Contexts;

/// <summary>Reads context files.</summary>
internal static class ContextReader
{
    /// <summary>Earlier versions of the format name packages differently.</summary>
    private const int OldestFormat = 4;

    /// <summary>Far longer than any context as YAML.</summary>
    private const int MaxMegabytes = 64;

    /// <summary>Reads a file.</summary>
    public static ResolvedContext Read(string path)
    {
        try
        {
            return IsYaml(path)
                ? Read(
                    new JsonPlace(
                        YamlJson.Parse(InputFile.ReadText(path, MaxMegabytes), path),
                        new JsonTrail(null, path)
                    )
                )
                : JsonFile.Read(path, Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BadInputException.OfFile(path, e);
        }
    }

    /// <summary>Reads a stream of JSON.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">Its name in errors.</param>
    public static ResolvedContext Read(Stream stream, string name) => JsonFile.Read(stream, name, Read);

    /// <summary>Whether a file is YAML. As in rez, anything that does not start like JSON or gzipped data is.</summary>
    private static bool IsYaml(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }
        using FileStream file = File.OpenRead(path);
        int first = file.ReadByte();
        return first is not ('{' or 0x1f or ' ' or '\n' or -1);
    }

    private static ResolvedContext Read(JsonPlace place)
    {
        if (place.Value.ValueKind != JsonValueKind.Object)
        {
            throw place.Error("is not a context of rez (.rxt), nor a result of 'rer solve --json'");
        }
        if (place.OptionalMember("serialize_version") is { } version)
        {
            return ReadContext(place, version);
        }
        return place.OptionalMember("resolved") is not null && place.OptionalMember("request") is not null
            ? ReadResult(place)
            : throw place.Error(
                "is not a context of rez (.rxt), nor a result of 'rer solve --json': 'serialize_version' is missing"
            );
    }

    private static ResolvedContext ReadContext(JsonPlace place, JsonPlace version)
    {
        // 4.10 is later than 4.9, but in YAML it is a number.
        string text = version.Value.ValueKind == JsonValueKind.Number ? version.Value.GetRawText() : version.Text();
        if (!int.TryParse(text.Split('.')[0], out int major) || major < OldestFormat)
        {
            throw version.Error($"'{text}' is a format of an old rez; save the context again with rez 2.0 or later");
        }
        return new ResolvedContext
        {
            PackageRequests = place.Member("package_requests").Texts(),
            ImplicitPackages = place.Member("implicit_packages").Texts(),
            PackagePaths = place.Member("package_paths").Texts(),
            Status = place.Member("status").Text(),
            FailureDescription = place.OptionalMember("failure_description")?.Text(),
            ResolvedPackages = [.. place.Member("resolved_packages").Items("package").Select(ReadHandle)],
            ResolvedEphemerals = place.OptionalMember("resolved_ephemerals")?.Texts() ?? [],
            Building = place.OptionalMember("building")?.Boolean() ?? false,
            RequestedTimestamp = ReadTime(place.OptionalMember("requested_timestamp")),
            PackageFilters = place.OptionalMember("package_filter") is { } filters
                ? PackageFilterJson.Read(filters)
                : [],
            PackageOrderers = place.OptionalMember("package_orderers") is { } orderers
                ? PackageOrdererJson.Read(orderers)
                : null,
        };
    }

    private static ResolvedContext ReadResult(JsonPlace place) =>
        new()
        {
            PackageRequests = place.Member("request").Texts(),
            ImplicitPackages = place.OptionalMember("implicit")?.Texts() ?? [],
            Status = place.Member("status").Text(),
            FailureDescription = place.OptionalMember("description")?.Text(),
            ResolvedPackages = [.. place.Member("resolved").Items("package").Select(ReadPackage)],
            ResolvedEphemerals = place.OptionalMember("ephemerals")?.Texts() ?? [],
        };

    /// <summary>A variant as rez stores it: a key, such as <c>filesystem.variant</c>, and variables.</summary>
    private static ResolvedPackage ReadHandle(JsonPlace handle)
    {
        JsonPlace variables = handle.Member("variables");
        return new ResolvedPackage(
            variables.Member("name").Text(),
            variables.OptionalMember("version")?.Text() ?? "",
            variables.OptionalMember("index")?.Int32()
        );
    }

    private static ResolvedPackage ReadPackage(JsonPlace package) =>
        new(
            package.Member("name").Text(),
            package.Member("version").Text(),
            package.OptionalMember("variant_index")?.Int32()
        );

    /// <summary>A time in whole seconds. rez also accepts a time with a fraction.</summary>
    private static long ReadTime(JsonPlace? place) =>
        place is not { } time ? 0
        : time.Value.ValueKind == JsonValueKind.Number && time.Value.TryGetDouble(out double seconds) ? (long)seconds
        : time.Int64();
}
