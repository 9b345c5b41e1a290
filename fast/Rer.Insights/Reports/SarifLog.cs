using System.Text.Json;
using Rer.Insights.Text;

namespace Rer.Insights.Reports;

/// <summary>
/// A log in the Static Analysis Results Interchange Format (SARIF) 2.1.0, which code review tools read.
/// </summary>
/// <param name="Rules">The kinds of results.</param>
/// <param name="Results">The results.</param>
internal sealed record SarifLog(IReadOnlyList<SarifRule> Rules, IEnumerable<SarifResult> Results)
{
    /// <summary>Writes the log as one indented JSON object and a line break.</summary>
    public void Write(TextWriter output) => JsonText.Write(output, Write);

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString(
            "$schema",
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
        );
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        WriteTool(writer);
        writer.WriteStartArray("results");
        foreach (SarifResult result in Results)
        {
            Write(result, writer);
        }
        writer.WriteEndArray();
        writer.WriteString("columnKind", "utf16CodeUnits");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteTool(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "rer");
        writer.WriteString("semanticVersion", typeof(SarifLog).Assembly.GetName().Version!.ToString(3));
        writer.WriteStartArray("rules");
        foreach (SarifRule rule in Rules)
        {
            writer.WriteStartObject();
            writer.WriteString("id", rule.Id);
            WriteText(writer, "shortDescription", rule.Description);
            writer.WriteStartObject("defaultConfiguration");
            writer.WriteString("level", rule.Level);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(SarifResult result, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", result.Rule.Id);
        writer.WriteString("level", result.Rule.Level);
        WriteText(writer, "message", VisibleText.Of(result.Message));
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        if (result.Path is { } path)
        {
            WritePlace(writer, path, result.Line);
        }
        writer.WriteStartArray("logicalLocations");
        writer.WriteStartObject();
        writer.WriteString("fullyQualifiedName", result.Name);
        writer.WriteString("kind", result.NameKind);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString("rer/v1", result.Fingerprint);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter writer, string path, int? line)
    {
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        string[] names = [.. Path.GetFullPath(path).Replace('\\', '/').Split('/').Select(Uri.EscapeDataString)];
        writer.WriteString("uri", "file://" + (names[0].Length == 0 ? "" : "/") + string.Join('/', names));
        writer.WriteEndObject();
        if (line is { } number)
        {
            writer.WriteStartObject("region");
            writer.WriteNumber("startLine", number);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }
}

/// <summary>A kind of result.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Level"><c>error</c>, <c>warning</c> or <c>note</c>.</param>
/// <param name="Description">Its meaning, in one sentence.</param>
internal sealed record SarifRule(string Id, string Level, string Description);

/// <summary>A result.</summary>
/// <param name="Rule">The kind of result.</param>
/// <param name="Message">The message.</param>
/// <param name="Name">The subject.</param>
/// <param name="NameKind">The kind of subject.</param>
/// <param name="Fingerprint">Identifies the same result in another log.</param>
/// <param name="Path">The file or directory; null for none.</param>
/// <param name="Line">The line in the file, from 1; null for none.</param>
internal sealed record SarifResult(
    SarifRule Rule,
    string Message,
    string Name,
    string NameKind,
    string Fingerprint,
    string? Path,
    int? Line
);
