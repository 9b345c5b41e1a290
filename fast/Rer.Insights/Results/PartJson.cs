using System.Text.Json;
using Rer.Insights.Text;

namespace Rer.Insights.Results;

/// <summary>What several reports say in JSON in the same words.</summary>
internal static class PartJson
{
    /// <summary>Writes how a request ended, into the object that is open.</summary>
    public static void WriteResult(this Utf8JsonWriter writer, ResolveResult result)
    {
        writer.WriteString("status", Names.OfStatus(result));
        if (result is SolvedResult solved)
            writer.WriteTexts(
                "packages",
                solved.Packages.Select(package => package.ToString()).Concat(solved.Ephemerals)
            );
        else
            writer.WriteString("description", Names.ReasonOf(result));
    }

    /// <summary>Writes what cannot go together.</summary>
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
