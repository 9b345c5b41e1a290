using System.Text.Json;
using Rer.Insights.Contexts;
using Rer.Insights.Results;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>Writes the release that broke a request as JSON.</summary>
public static class BisectJson
{
    /// <summary>Writes a report as one indented JSON object and a line break.</summary>
    public static void Write(BisectReport report, TextWriter output) => JsonText.Write(report, output, Write);

    private static void Write(BisectReport report, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteTexts("request", report.Request);
        writer.WriteString("aim", WordOf(report.Aim));
        writer.WriteString("resolves_to", report.ResolvesTo);
        Write("good", report.Good, writer);
        Write("bad", report.Bad, writer);
        Write(report.Culprit, writer);
        writer.WriteStartArray("changes");
        foreach (BisectChange change in report.Changes)
        {
            writer.WriteStartObject();
            Write(change, writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumber("times", report.TimeCount);
        writer.WriteNumber("undecided", report.UndecidedCount);
        writer.WriteTexts("undated", report.Undated);
        writer.WriteEndObject();
    }

    private static void Write(BisectCulprit culprit, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("culprit");
        writer.WriteNumber("time", culprit.Change.After.Time);
        WriteReleases("releases", culprit.Releases, writer);
        writer.WriteBoolean("minimal", culprit.IsMinimal);
        WriteReleases("others", culprit.Change.Releases.Except(culprit.Releases), writer);
        writer.WriteBoolean("others_are_enough", culprit.AreOthersEnough);
        Write("before", culprit.Change.Before, writer);
        Write("after", culprit.Change.After, writer);
        writer.WriteStartArray("differences");
        foreach (PackageDifference difference in culprit.Differences)
        {
            writer.WriteStartObject();
            writer.WriteDifference(difference);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteCore(culprit.Core);
        writer.WriteEndObject();
    }

    private static void Write(BisectChange change, Utf8JsonWriter writer)
    {
        writer.WriteNumber("time", change.After.Time);
        writer.WriteBoolean("good", change.IsGood);
        WriteReleases("releases", change.Releases, writer);
    }

    private static void WriteReleases(string name, IEnumerable<PackageRelease> releases, Utf8JsonWriter writer)
    {
        writer.WriteStartArray(name);
        foreach (PackageRelease release in releases)
        {
            writer.WriteStartObject();
            writer.WriteString("package", release.Package);
            writer.WriteNumber("time", release.Time);
            writer.WriteString("path", release.Path);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(string name, BisectMoment moment, Utf8JsonWriter writer)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("time", moment.Time);
        writer.WriteResult(moment.Result);
        writer.WriteEndObject();
    }

    private static string WordOf(BisectAim aim) =>
        aim switch
        {
            BisectAim.Resolves => "resolves",
            BisectAim.ResolvesTo => "resolves-to",
            _ => "resolves-to-the-same",
        };
}
