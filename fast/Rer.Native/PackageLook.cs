using System.Text.Json;
using Rer.Books;

namespace Rer.Native;

/// <summary>What there is in a repository: the answer of <c>rer_look</c>.</summary>
internal static class PackageLook
{
    /// <summary>Looks at all families, at the versions of one, or at one definition.</summary>
    /// <param name="packages">The repository.</param>
    /// <param name="place">What to look at.</param>
    /// <exception cref="PackageDataException">It is not what <c>rer.h</c> says, or the family cannot be
    /// listed.</exception>
    public static byte[] At(IPackageRepository packages, JsonPlace place)
    {
        place.Allow("family", "version");
        string? family = place.OptionalMember("family")?.Text();
        string? version = place.OptionalMember("version")?.Text();
        return Json.Write(writer =>
        {
            if (family is null)
            {
                WriteList(writer, packages.GetFamilies());
            }
            else if (version is null)
            {
                WriteList(writer, packages.GetVersions(family));
            }
            else
            {
                WriteDefinition(writer, packages, family, version);
            }
        });
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable<string> texts)
    {
        writer.WriteStartArray();
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteDefinition(
        Utf8JsonWriter writer,
        IPackageRepository packages,
        string family,
        string version
    )
    {
        writer.WriteStartObject();
        try
        {
            PackageDefinition definition = packages.GetDefinition(family, version);
            // Reading a list may be what finds out that it is computed by code.
            byte[] json = Json.Write(inner => PackagesJson.WriteDefinition(inner, definition));
            writer.WritePropertyName("definition");
            writer.WriteRawValue(json);
        }
        catch (PackageDataException e)
        {
            writer.WriteString("error", e.Message);
            writer.WriteBoolean("needs_python", e.NeedsPython);
        }

        writer.WriteEndObject();
    }
}
