using System.Text.Json;
using Rer.Books;
using Rer.Insights.Configuring;
using Rer.Insights.Text;

namespace Rer.Insights.Contexts;

/// <summary>Writes context files with the fields of <c>ResolvedContext.to_dict</c>, in rez's order.</summary>
internal static class ContextWriter
{
    /// <summary>The format version of rez 3.4.0.</summary>
    private const string FormatVersion = "4.9";

    private const string RezVersion = "3.4.0";

    /// <summary>Set in an environment made by rez, to the location of that rez.</summary>
    private const string RezPathVariable = "REZ_USED";

    /// <summary>Writes a resolve.</summary>
    public static void Write(
        ResolveReport report,
        IReadOnlyList<string> packagePaths,
        ResolveOptions options,
        Stream output
    )
    {
        if (report.Result is ErrorResult)
        {
            throw new ArgumentException("There is no context of an error.", nameof(report));
        }
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { Indented = true }))
        {
            Write(report, packagePaths, options, writer);
        }
        WriteWider(written.GetBuffer().AsSpan(0, (int)written.Length), output);
    }

    private static void Write(
        ResolveReport report,
        IReadOnlyList<string> packagePaths,
        ResolveOptions options,
        Utf8JsonWriter writer
    )
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        writer.WriteStartObject();
        writer.WriteBoolean("append_sys_path", true);
        writer.WriteString("arch", HostPlatform.Arch);
        writer.WriteBoolean("building", options.Building);
        writer.WriteBoolean("caching", true);
        writer.WriteNumber("created", now);
        writer.WriteString("default_patch_lock", "no_lock");
        writer.WriteString("failure_description", Names.ReasonOf(report.Result));
        writer.WriteBoolean("from_cache", false);
        writer.WriteString("graph", GraphOf(report.Result) is { } graph ? CompactGraph.Of(graph) : null);
        writer.WriteString("host", Environment.MachineName);
        writer.WriteTexts("implicit_packages", report.ImplicitRequest.Select(Names.OfRequirement));
        writer.WriteNumber("load_time", (report.Result.Statistics.LoadTime ?? TimeSpan.Zero).TotalSeconds);
        writer.WriteNumber("num_loaded_packages", report.Disk?.Statistics.DefinitionsUsed ?? 0);
        writer.WriteString("os", HostPlatform.Os);
        writer.WriteBoolean("package_cache_async", true);
        writer.WriteBoolean("package_caching", true);
        writer.WritePropertyName("package_filter");
        PackageFilterJson.Write(writer, RezSpelling.Of(options.PackageFilters));
        writer.WritePropertyName("package_orderers");
        if (options.PackageOrderers is { Count: > 0 } orderers)
        {
            PackageOrdererJson.Write(writer, RezSpelling.Of(orderers));
        }
        else
        {
            writer.WriteNullValue();
        }
        writer.WriteTexts("package_paths", packagePaths);
        writer.WriteTexts("package_requests", report.Request.Select(Names.OfRequirement));
        writer.WriteNull("parent_suite_path");
        writer.WriteStartObject("patch_locks");
        writer.WriteEndObject();
        writer.WriteString("platform", HostPlatform.Platform);
        if (options.Timestamp == 0)
        {
            writer.WriteNull("requested_timestamp");
        }
        else
        {
            writer.WriteNumber("requested_timestamp", options.Timestamp);
        }
        writer.WriteTexts("resolved_ephemerals", (report.Result as SolvedResult)?.Ephemerals ?? []);
        WritePackages(writer, report);
        writer.WriteString("rez_path", Environment.GetEnvironmentVariable(RezPathVariable) ?? "");
        writer.WriteString("rez_version", RezVersion);
        writer.WriteString("serialize_version", FormatVersion);
        writer.WriteNumber("solve_time", report.Result.Statistics.SolveTime.TotalSeconds);
        writer.WriteString("status", StatusOf(report.Result));
        writer.WriteNull("suite_context_name");
        writer.WriteBoolean("testing", false);
        writer.WriteNumber("timestamp", options.Timestamp == 0 ? now : options.Timestamp);
        writer.WriteString("user", Environment.UserName);
        writer.WriteEndObject();
    }

    /// <summary>
    /// Writes JSON that is indented by two spaces with an indentation of four, as rez does. Before .NET 9, the writer
    /// can only indent by two.
    /// </summary>
    private static void WriteWider(ReadOnlySpan<byte> json, Stream output)
    {
        while (!json.IsEmpty)
        {
            int end = json.IndexOf((byte)'\n') + 1;
            ReadOnlySpan<byte> line = end == 0 ? json : json[..end];
            output.Write(line[..line.IndexOfAnyExcept((byte)' ')]);
            output.Write(line);
            json = json[line.Length..];
        }
    }

    private static string StatusOf(ResolveResult result) =>
        result switch
        {
            SolvedResult => "solved",
            FailedResult => "failed",
            _ => "aborted",
        };

    private static ResolveGraph? GraphOf(ResolveResult result) =>
        result switch
        {
            SolvedResult solved => solved.GetGraph(),
            FailedResult failed => FailureGraph.TryDraw(failed, out _),
            _ => null,
        };

    private static void WritePackages(Utf8JsonWriter writer, ResolveReport report)
    {
        writer.WriteStartArray("resolved_packages");
        foreach (ResolvedPackage package in (report.Result as SolvedResult)?.Packages ?? [])
        {
            if (report.Disk is not { } disk)
            {
                throw new ArgumentException("rez loads packages from disk, and these are not.", nameof(report));
            }
            VariantHandle.Of(package, disk.PlaceOf(package).Path).Write(writer);
        }
        writer.WriteEndArray();
    }
}
