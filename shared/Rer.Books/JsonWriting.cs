using System.Text.Json;

namespace Rer.Books;

/// <summary>Helpers for writing books, options and answers.</summary>
internal static class JsonWriting
{
    /// <summary>Writes a member that is a list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WritePropertyName(name);
        writer.WriteTexts(texts);
    }

    /// <summary>Writes a list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }
        writer.WriteEndArray();
    }

    /// <summary>Writes the member <c>resolved</c>: for each package its name, version, and variant index or null.</summary>
    public static void WriteResolved(this Utf8JsonWriter writer, IReadOnlyList<ResolvedPackage> resolved)
    {
        writer.WriteStartArray("resolved");
        foreach (ResolvedPackage package in resolved)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(package.Name);
            writer.WriteStringValue(package.Version);
            if (package.VariantIndex is { } index)
            {
                writer.WriteNumberValue(index);
            }
            else
            {
                writer.WriteNullValue();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }
}
