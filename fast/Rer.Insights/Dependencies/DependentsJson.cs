using System.Text.Json;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>Writes dependents as JSON.</summary>
public static class DependentsJson
{
    /// <summary>Writes dependents as one indented JSON object and a line break.</summary>
    public static void Write(Dependents dependents, TextWriter output) => JsonText.Write(dependents, output, Write);

    private static void Write(Dependents dependents, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("package", dependents.Package);
        writer.WriteTexts("versions", dependents.Versions);
        writer.WriteStartArray("dependents");
        foreach (DependentFamily family in dependents.Families)
        {
            writer.WriteStartObject();
            writer.WriteString("family", family.Family);
            writer.WriteNumber("distance", family.Distance);
            writer.WriteTexts("versions", family.Versions);
            writer.WriteStartArray("requires");
            foreach (DependentLink link in family.Links)
            {
                writer.WriteStartObject();
                writer.WriteString("on", link.On);
                writer.WriteString("requirement", link.Requirement);
                writer.WriteTexts("packages", link.Packages);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteTexts("unreadable", dependents.Unreadable);
        writer.WriteEndObject();
    }
}
