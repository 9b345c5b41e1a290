using System.Text;
using System.Text.Json;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>Dependents as JSON.</summary>
public static class DependentsJson
{
    /// <summary>Writes dependents as one indented JSON object and a line break.</summary>
    public static void Write(Dependents dependents, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(dependents);
        ArgumentNullException.ThrowIfNull(output);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, ResolveJson.WriterOptions))
            Write(dependents, writer);
        output.WriteLine(VisibleText.OfJson(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length)));
    }

    private static void Write(Dependents dependents, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("package", dependents.Package);
        WriteStrings(writer, "versions", dependents.Versions);
        writer.WriteStartArray("dependents");
        foreach (DependentFamily family in dependents.Families)
        {
            writer.WriteStartObject();
            writer.WriteString("family", family.Family);
            writer.WriteNumber("distance", family.Distance);
            WriteStrings(writer, "versions", family.Versions);
            writer.WriteStartArray("requires");
            foreach (DependentLink link in family.Links)
            {
                writer.WriteStartObject();
                writer.WriteString("on", link.On);
                writer.WriteString("requirement", link.Requirement);
                WriteStrings(writer, "packages", link.Packages);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        WriteStrings(writer, "unreadable", dependents.Unreadable);
        writer.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
