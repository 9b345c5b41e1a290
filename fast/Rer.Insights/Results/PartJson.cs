using System.Text.Json;
using Rer.Insights.Text;

namespace Rer.Insights.Results;

/// <summary>JSON fragments that several reports share.</summary>
internal static class PartJson
{
    /// <summary>Writes the result of a request into the open object.</summary>
    public static void WriteResult(this Utf8JsonWriter writer, ResolveResult result)
    {
        writer.WriteString("status", Names.OfStatus(result));
        if (result is SolvedResult solved)
        {
            writer.WriteTexts(
                "packages",
                solved.Packages.Select(package => package.ToString()).Concat(solved.Ephemerals)
            );
        }
        else
        {
            writer.WriteString("description", Names.ReasonOf(result));
        }
    }

    /// <summary>Writes the demands that cannot hold together.</summary>
    public static void WriteCore(this Utf8JsonWriter writer, IEnumerable<Demand> core)
    {
        writer.WriteStartArray("core");
        foreach (Demand demand in core)
        {
            writer.WriteStartObject();
            writer.WriteString("by", demand.By);
            writer.WriteString("requirement", demand.Requirement);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
