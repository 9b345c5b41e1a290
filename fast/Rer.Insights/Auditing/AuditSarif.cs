using System.Text.Json;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>An audit in the Static Analysis Results Interchange Format (SARIF) 2.1.0, which tools of review read.</summary>
public static class AuditSarif
{
    /// <summary>Writes an audit as one indented JSON object and a line break.</summary>
    public static void Write(AuditReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        JsonText.Write(output, writer => Write(report, writer));
    }

    private static void Write(AuditReport report, Utf8JsonWriter writer)
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
        foreach (AuditFinding finding in report.Findings)
            Write(finding, writer);
        writer.WriteEndArray();
        writer.WriteString("columnKind", "utf16CodeUnits");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "rer");
        writer.WriteString("semanticVersion", typeof(AuditSarif).Assembly.GetName().Version!.ToString(3));
        writer.WriteStartArray("rules");
        foreach (AuditRule rule in AuditRule.All)
        {
            writer.WriteStartObject();
            writer.WriteString("id", rule.Id);
            WriteText(writer, "shortDescription", rule.Description);
            writer.WriteStartObject("defaultConfiguration");
            writer.WriteString("level", Names.OfLevel(rule.Level));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(AuditFinding finding, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", finding.Rule.Id);
        writer.WriteString("level", Names.OfLevel(finding.Rule.Level));
        string[] core = [.. finding.Cause.Core];
        string cause = core.Length == 0 ? "" : $" ({string.Join("; ", core)})";
        WriteText(writer, "message", VisibleText.Of($"{finding.Package}: {finding.Message}{cause}"));
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        if (finding.Path is { } path)
            WritePlace(writer, path, finding.Line);
        writer.WriteStartArray("logicalLocations");
        writer.WriteStartObject();
        writer.WriteString("fullyQualifiedName", finding.Package);
        writer.WriteString("kind", "package");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString("rer/v1", finding.Fingerprint);
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
