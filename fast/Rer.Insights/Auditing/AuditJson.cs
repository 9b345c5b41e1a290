using System.Text;
using System.Text.Json;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>An audit as JSON, which a later audit takes as its baseline.</summary>
public static class AuditJson
{
    /// <summary>Writes an audit as one indented JSON object and a line break.</summary>
    public static void Write(AuditReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, ResolveJson.WriterOptions))
            Write(report, writer);
        output.WriteLine(VisibleText.OfJson(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length)));
    }

    /// <summary>Reads the fingerprints of an audit that was written before.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">It cannot be read, or is no audit.</exception>
    public static IReadOnlySet<string> ReadFingerprints(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(file);
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
            throw new BadInputException($"{path}: this is no audit: make one with 'rer audit --format json'", e);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string reason =
                e is FileNotFoundException or DirectoryNotFoundException ? "no such file"
                : Directory.Exists(path) ? "it is a directory"
                : e.Message;
            throw new BadInputException($"{path}: {reason}", e);
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
            Write(finding, numbers[finding.Cause], writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(AuditCause cause, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("text", cause.Text);
        writer.WriteStartArray("core");
        foreach (string line in cause.Core)
            writer.WriteStringValue(line);
        writer.WriteEndArray();
        writer.WriteBoolean("minimal", cause.IsMinimal);
        if (cause.Break is { } since)
        {
            writer.WriteStartObject("since");
            writer.WriteNumber("time", since.Time);
            writer.WriteStartArray("packages");
            foreach (string package in since.Packages)
                writer.WriteStringValue(package);
            writer.WriteEndArray();
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
        writer.WriteString("level", finding.Rule.Level.ToString().ToLowerInvariant());
        writer.WriteString("package", finding.Package);
        writer.WriteString("family", finding.Family);
        writer.WriteString("version", finding.Version);
        if (finding.Variant is { } variant)
            writer.WriteNumber("variant_index", variant);
        else
            writer.WriteNull("variant_index");
        writer.WriteString("message", finding.Message);
        writer.WriteNumber("cause", cause);
        writer.WriteString("path", finding.Path);
        if (finding.Line is { } line)
            writer.WriteNumber("line", line);
        else
            writer.WriteNull("line");
        writer.WriteString("fingerprint", finding.Fingerprint);
        writer.WriteEndObject();
    }
}
