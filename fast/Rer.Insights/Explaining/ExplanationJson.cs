using System.Text.Json;
using Rer.Insights.Explaining;
using Rer.Insights.Results;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>Writes why a request has no resolve as JSON.</summary>
public static class ExplanationJson
{
    /// <summary>Writes an explanation as one indented JSON object and a line break.</summary>
    /// <param name="result">The result of the request.</param>
    /// <param name="explanation">The explanation; null if the request resolves or there is none.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(ResolveResult result, Explanation? explanation, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(output);
        JsonText.Write(output, writer => Write(result, explanation, writer));
    }

    private static void Write(ResolveResult result, Explanation? explanation, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteResult(result);
        writer.WriteBoolean("explained", explanation is not null);
        if (explanation is not null)
        {
            Write(explanation, writer);
        }
        writer.WriteEndObject();
    }

    private static void Write(Explanation explanation, Utf8JsonWriter writer)
    {
        writer.WriteCore(explanation.Core);
        writer.WriteBoolean("minimal", explanation.IsMinimal);
        writer.WriteStartArray("holders");
        foreach (HolderGroup holder in explanation.Holders.Values.SelectMany(groups => groups))
        {
            writer.WriteStartObject();
            writer.WriteString("family", holder.Family);
            writer.WriteTexts("packages", holder.Packages);
            writer.WriteTexts("requirements", holder.Demands.Select(demand => demand.Requirement));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("families");
        foreach (FamilyReport family in explanation.Families)
        {
            Write(family, writer);
        }
        writer.WriteEndArray();
        writer.WriteStartArray("remedies");
        foreach (Remedy remedy in explanation.Remedies)
        {
            Write(remedy, writer);
        }
        writer.WriteEndArray();
        writer.WriteNumber("undecided", explanation.UndecidedCount);
        writer.WriteTexts("unreadable", explanation.Unreadable);
    }

    private static void Write(FamilyReport family, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("family", family.Family);
        writer.WriteStartArray("fates");
        foreach (VersionFate fate in family.Fates)
        {
            writer.WriteStartObject();
            writer.WriteTexts("versions", fate.Versions);
            writer.WriteString("finding", FindingText.Of(fate.Finding));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Remedy remedy, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteTexts("changes", remedy.Changes);
        writer.WriteTexts("request", remedy.Request);
        writer.WriteBoolean("unfiltered", remedy.IsUnfiltered);
        writer.WriteTexts("gives", remedy.Gives.Select(package => package.ToString()));
        writer.WriteEndObject();
    }
}
