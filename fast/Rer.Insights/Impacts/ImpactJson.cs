using System.Text.Json;
using Rer.Insights.Contexts;
using Rer.Insights.Impacts;
using Rer.Insights.Results;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>Writes the effect of a change as JSON: every request, and the changes by package.</summary>
public static class ImpactJson
{
    /// <summary>Writes a report as one indented JSON object and a line break.</summary>
    public static void Write(ImpactReport report, TextWriter output) => JsonText.Write(report, output, Write);

    private static void Write(ImpactReport report, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("summary");
        foreach (ImpactKind kind in Enum.GetValues<ImpactKind>())
        {
            writer.WriteNumber(ImpactWords.OfKind(kind), report.Count(kind));
        }
        writer.WriteEndObject();
        writer.WriteStartArray("packages");
        foreach (PackageImpact package in report.Packages)
        {
            writer.WriteStartObject();
            Write(writer, package.Difference, package.Causes);
            writer.WriteNumber("requests", package.RequestCount);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("failures");
        foreach ((string description, IReadOnlyList<Demand> core) in report.Failures)
        {
            Write(writer, description, core);
        }
        writer.WriteEndArray();
        writer.WriteStartArray("requests");
        foreach (RequestImpact request in report.Requests)
        {
            Write(writer, request);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string description, IReadOnlyList<Demand> core)
    {
        writer.WriteStartObject();
        writer.WriteString("description", description);
        writer.WriteCore(core);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RequestImpact impact)
    {
        writer.WriteStartObject();
        writer.WriteString("name", impact.Request.Name);
        writer.WriteTexts("request", impact.Request.Request);
        writer.WriteString("impact", ImpactWords.OfKind(impact.Kind));
        WriteResult(writer, "before", impact.Before);
        WriteResult(writer, "after", impact.After);
        writer.WriteStartArray("changes");
        foreach (ChangedPackage change in impact.Packages)
        {
            writer.WriteStartObject();
            Write(writer, change.Difference, change.Causes);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PackageDifference difference, IReadOnlyList<string> causes)
    {
        writer.WriteDifference(difference);
        writer.WriteTexts("causes", causes);
    }

    private static void WriteResult(Utf8JsonWriter writer, string name, ResolveResult result)
    {
        writer.WriteStartObject(name);
        writer.WriteResult(result);
        writer.WriteEndObject();
    }
}
