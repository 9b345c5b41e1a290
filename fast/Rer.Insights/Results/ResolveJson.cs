using System.Text.Json;
using Rer.Insights.Text;
using Rer.Repositories;

namespace Rer.Insights;

/// <summary>Writes a solve as JSON. All outcomes have the same fields; fields that do not apply are null.</summary>
public static class ResolveJson
{
    /// <summary>Writes a solve as one indented JSON object and a line break.</summary>
    public static void Write(ResolveReport report, TextWriter output) =>
        JsonText.Write(output, writer => Write(report, writer));

    private static void Write(ResolveReport report, Utf8JsonWriter writer)
    {
        ResolveResult result = report.Result;
        SolveFailure? failure = (result as FailedResult)?.Failure;
        writer.WriteStartObject();
        writer.WriteString("status", Names.OfStatus(result));
        writer.WriteTexts("request", report.Request);
        writer.WriteTexts("implicit", report.ImplicitRequest);
        WriteResolved(writer, report);
        writer.WriteTexts("ephemerals", (result as SolvedResult)?.Ephemerals ?? []);
        writer.WriteString("failure", failure is null ? null : Names.OfFailure(failure));
        writer.WriteString("description", Names.ReasonOf(result));
        writer.WriteTexts("involved", failure?.InvolvedRequirements ?? []);
        writer.WriteString("error", result is ErrorResult error ? Names.OfError(error.Kind) : null);
        writer.WriteNumber("num_solves", result.Statistics.NumSolves);
        writer.WriteNumber("num_fails", result.Statistics.NumFails);
        writer.WriteNumber("solve_ms", Math.Round(result.Statistics.SolveTime.TotalMilliseconds, 3));
        if (report.Disk is { } disk)
        {
            WriteRepository(writer, disk.Statistics, disk.Indexes);
        }
        writer.WriteEndObject();
    }

    private static void WriteRepository(
        Utf8JsonWriter writer,
        RepositoryStatistics repository,
        IReadOnlyList<IndexAnswer> indexes
    )
    {
        writer.WriteStartObject("repository");
        writer.WriteNumber("families_listed", repository.FamiliesListed);
        writer.WriteNumber("versions_seen", repository.VersionsSeen);
        writer.WriteNumber("definitions_loaded", repository.DefinitionsLoaded);
        writer.WriteNumber("definitions_used", repository.DefinitionsUsed);
        writer.WriteNumber("definitions_evaluated", repository.DefinitionsEvaluated);
        writer.WriteNumber("cache_hits", repository.CacheHits);
        writer.WriteNumber("looks", repository.Looks);
        writer.WriteNumber("listings", repository.Listings);
        writer.WriteNumber("opens", repository.Opens);
        writer.WriteNumber("reads", repository.Reads);
        writer.WriteNumber("listing_ms", Math.Round(repository.ListingTime.TotalMilliseconds, 3));
        writer.WriteNumber("loading_ms", Math.Round(repository.LoadingTime.TotalMilliseconds, 3));
        writer.WriteStartArray("indexes");
        foreach (IndexAnswer index in indexes)
        {
            WriteIndex(writer, index);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteIndex(Utf8JsonWriter writer, IndexAnswer index)
    {
        writer.WriteStartObject();
        writer.WriteString("path", index.PackagePath);
        writer.WriteString("file", index.File);
        writer.WriteBoolean("published", index.IsPublished);
        writer.WriteString("made", index.Made);
        writer.WriteString("level", Names.OfLevel(index.Level));
        writer.WriteNumber("families", index.Families);
        writer.WriteNumber("fell_back", index.FellBack);
        writer.WriteEndObject();
    }

    private static void WriteResolved(Utf8JsonWriter writer, ResolveReport report)
    {
        writer.WriteStartArray("resolved");
        foreach (ResolvedPackage package in (report.Result as SolvedResult)?.Packages ?? [])
        {
            writer.WriteStartObject();
            writer.WriteString("name", package.Name);
            writer.WriteString("version", package.Version);
            writer.WriteNumberOrNull("variant_index", package.VariantIndex);
            PackagePlace? place = report.Disk?.PlaceOf(package);
            writer.WriteString("path", place?.Path);
            writer.WriteBoolean("local", place?.IsLocal ?? false);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
