using System.Text.Json;
using Rer.Books;

namespace Rer.Native;

/// <summary>Lists the contents of a repository: the answer of <c>rer_look</c>.</summary>
internal static class PackageLook
{
    /// <summary>Lists all families, the versions of one, or one definition.</summary>
    /// <param name="packages">The repository.</param>
    /// <param name="place">What to list.</param>
    /// <exception cref="PackageDataException">The question is not as described in <c>rer.h</c>, or the family cannot be
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
            // A list may turn out to be computed by code only when it is read.
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
