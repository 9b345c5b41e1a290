using System.Text.Json;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>Writes an audit as JSON, and reads it back as the baseline of a later audit.</summary>
public static class AuditJson
{
    /// <summary>Far longer than the audit of any repository.</summary>
    private const int MaxMegabytes = 512;

    /// <summary>Writes an audit as one indented JSON object and a line break.</summary>
    public static void Write(AuditReport report, TextWriter output) => JsonText.Write(report, output, Write);

    /// <summary>Reads the fingerprints of an earlier audit.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">The file cannot be read, or is not an audit.</exception>
    public static IReadOnlySet<string> ReadFingerprints(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(InputFile.ReadBytes(path, MaxMegabytes));
            return document
                .RootElement.GetProperty("findings")
                .EnumerateArray()
                .Select(finding => finding.GetProperty("fingerprint").GetString() ?? "")
                .ToHashSet();
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{path}: not JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new BadInputException($"{path}: this is not an audit; make one with 'rer audit --format json'", e);
        }
    }

    private static void Write(AuditReport report, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("families", report.Counts.Families);
        writer.WriteNumber("packages", report.Counts.Packages);
        writer.WriteNumber("resolves", report.Counts.Resolves);
        writer.WriteNumber("known", report.Counts.Known);
        Dictionary<AuditCause, int> numbers = [];
        writer.WriteStartArray("causes");
        foreach (AuditCause cause in report.Causes)
        {
            numbers[cause] = numbers.Count;
            Write(cause, writer);
        }
        writer.WriteEndArray();
        writer.WriteStartArray("findings");
        foreach (AuditFinding finding in report.Findings)
        {
            Write(finding, numbers[finding.Cause], writer);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(AuditCause cause, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("text", cause.Text);
        writer.WriteTexts("core", cause.Core);
        writer.WriteBoolean("minimal", cause.IsMinimal);
        if (cause.Break is { } since)
        {
            writer.WriteStartObject("since");
            writer.WriteNumber("time", since.Time);
            writer.WriteTexts("packages", since.Packages);
            writer.WriteString("example", since.Example);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("since");
        }
        writer.WriteEndObject();
    }

    private static void Write(AuditFinding finding, int cause, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("rule", finding.Rule.Id);
        writer.WriteString("level", finding.Rule.LevelName);
        writer.WriteString("package", finding.Package);
        writer.WriteString("family", finding.Family);
        writer.WriteString("version", finding.Version);
        writer.WriteNumberOrNull("variant_index", finding.Variant);
        writer.WriteString("message", finding.Message);
        writer.WriteNumber("cause", cause);
        writer.WriteString("path", finding.Path);
        writer.WriteNumberOrNull("line", finding.Line);
        writer.WriteString("fingerprint", finding.Fingerprint);
        writer.WriteEndObject();
    }
}
