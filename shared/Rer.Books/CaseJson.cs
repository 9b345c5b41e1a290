using System.Text.Json;

namespace Rer.Books;

/// <summary>
/// Reads and writes a case as JSON. Reading and writing each list the fields in one place, in the order of
/// <c>data_set/README.md</c>.
/// </summary>
internal static class CaseJson
{
    private static readonly OrderedDictionary<string, CaseStatus> s_statuses = new()
    {
        ["solved"] = CaseStatus.Solved,
        ["failed"] = CaseStatus.Failed,
        ["error"] = CaseStatus.Error,
        ["stopped"] = CaseStatus.Stopped,
    };

    /// <summary>rez's exceptions. The first of each kind is the one that is written.</summary>
    private static readonly OrderedDictionary<string, ResolveErrorKind> s_errors = new()
    {
        ["PackageFamilyNotFoundError"] = ResolveErrorKind.PackageFamilyNotFound,
        ["PackageNotFoundError"] = ResolveErrorKind.PackageNotFound,
        ["ResolveError"] = ResolveErrorKind.PackageConflict,
        ["VersionError"] = ResolveErrorKind.InvalidSyntax,
        ["PackageRequestError"] = ResolveErrorKind.InvalidSyntax,
        ["ConfigurationError"] = ResolveErrorKind.InvalidSyntax,
        ["PackageMetadataError"] = ResolveErrorKind.PackageData,
        ["ResourceError"] = ResolveErrorKind.PackageData,
    };

    public static Case Read(JsonPlace place)
    {
        place.Allow(
            "request",
            "options",
            "note",
            "status",
            "resolved",
            "ephemerals",
            "failure",
            "description",
            "involved",
            "cycle",
            "detail",
            "failures",
            "error",
            "message",
            "num_solves",
            "num_fails",
            "num_extractions",
            "num_intersections",
            "num_reductions",
            "graph",
            "dot",
            "trace"
        );
        return new Case
        {
            Request = place.Member("request").Texts(),
            Options = place.OptionalMember("options") is { } options
                ? OptionsJson.Read(options)
                : ResolveOptions.Default,
            Note = place.OptionalMember("note")?.Text(),
            Status = place.OptionalMember("status")?.OneOf(s_statuses),
            Resolved = place.OptionalMember("resolved") is { } resolved
                ? [.. resolved.Items("package").Select(ReadResolved)]
                : null,
            Ephemerals = place.OptionalMember("ephemerals")?.Texts(),
            Failure = place.OptionalMember("failure")?.Text(),
            Description = place.OptionalMember("description")?.Text(),
            Involved = place.OptionalMember("involved")?.Texts(),
            Cycle = place.OptionalMember("cycle")?.Texts(),
            Detail = place.OptionalMember("detail")?.Texts(),
            Failures = place.OptionalMember("failures") is { } failures
                ? [.. failures.Items("failure").Select(ReadFailure)]
                : null,
            Error = place.OptionalMember("error")?.OneOf(s_errors),
            Message = place.OptionalMember("message")?.Text(),
            NumSolves = place.OptionalMember("num_solves")?.Int32(),
            NumFails = place.OptionalMember("num_fails")?.Int32(),
            NumExtractions = place.OptionalMember("num_extractions")?.Int32(),
            NumIntersections = place.OptionalMember("num_intersections")?.Int32(),
            NumReductions = place.OptionalMember("num_reductions")?.Int32(),
            Graph = place.OptionalMember("graph") is { } graph ? ReadGraph(graph) : null,
            Dot = place.OptionalMember("dot")?.Texts(),
            Trace = place.OptionalMember("trace")?.Texts(),
        };
    }

    private static ResolvedPackage ReadResolved(JsonPlace place)
    {
        JsonPlace[] parts = [.. place.Items("part")];
        if (parts.Length != 3)
        {
            throw place.Error("expected [name, version, variant index or null]");
        }
        int? index = parts[2].Value.ValueKind == JsonValueKind.Null ? null : parts[2].Int32();
        return new ResolvedPackage(parts[0].Text(), parts[1].Text(), index);
    }

    private static CaseFailure ReadFailure(JsonPlace place)
    {
        place.Allow("failure", "description", "involved", "cycle", "detail", "graph", "dot");
        return new CaseFailure(
            place.OptionalMember("failure")?.Text(),
            place.OptionalMember("description")?.Text(),
            place.OptionalMember("involved")?.Texts(),
            place.OptionalMember("cycle")?.Texts(),
            place.OptionalMember("detail")?.Texts(),
            place.OptionalMember("graph") is { } graph ? ReadGraph(graph) : null,
            place.OptionalMember("dot")?.Texts()
        );
    }

    private static CaseGraph ReadGraph(JsonPlace place)
    {
        place.Allow("nodes", "edges");
        return new CaseGraph(
            place
                .Member("nodes")
                .Items("node")
                .Select(node =>
                    node.Texts() is [var label, var color, var style]
                        ? new CaseNode(label, color, style)
                        : throw node.Error("expected [label, fill colour, style]")
                ),
            place
                .Member("edges")
                .Items("edge")
                .Select(edge =>
                    edge.Texts() is [var source, var target, var label, var arrowhead]
                        ? new CaseEdge(source, target, label, arrowhead)
                        : throw edge.Error("expected [source label, target label, edge label, arrowhead]")
                )
        );
    }

    public static void Write(Utf8JsonWriter writer, Case @case)
    {
        writer.WriteStartObject();
        writer.WriteTexts("request", @case.Request);
        if (@case.Options != ResolveOptions.Default)
        {
            writer.WritePropertyName("options");
            OptionsJson.Write(writer, @case.Options);
        }
        WriteText(writer, "note", @case.Note);
        if (@case.Status is { } status)
        {
            writer.WriteString("status", s_statuses.Single(item => item.Value == status).Key);
        }
        if (@case.Resolved is { } resolved)
        {
            writer.WriteResolved(resolved);
        }
        WriteTexts(writer, "ephemerals", @case.Ephemerals);
        WriteFailure(writer, @case.Reported);
        if (@case.Failures is { } failures)
        {
            writer.WriteStartArray("failures");
            foreach (CaseFailure failure in failures)
            {
                writer.WriteStartObject();
                WriteFailure(writer, failure);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        if (@case.Error is { } error)
        {
            writer.WriteString("error", s_errors.First(item => item.Value == error).Key);
        }
        WriteText(writer, "message", @case.Message);
        WriteNumber(writer, "num_solves", @case.NumSolves);
        WriteNumber(writer, "num_fails", @case.NumFails);
        WriteNumber(writer, "num_extractions", @case.NumExtractions);
        WriteNumber(writer, "num_intersections", @case.NumIntersections);
        WriteNumber(writer, "num_reductions", @case.NumReductions);
        WriteTexts(writer, "trace", @case.Trace);
        writer.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter writer, CaseFailure failure)
    {
        WriteText(writer, "failure", failure.Kind);
        WriteText(writer, "description", failure.Description);
        WriteTexts(writer, "involved", failure.Involved);
        WriteTexts(writer, "cycle", failure.Cycle);
        WriteTexts(writer, "detail", failure.Detail);
        if (failure.Graph is { } graph)
        {
            WriteGraph(writer, graph);
        }
        WriteTexts(writer, "dot", failure.Dot);
    }

    private static void WriteGraph(Utf8JsonWriter writer, CaseGraph graph)
    {
        writer.WriteStartObject("graph");
        writer.WriteStartArray("nodes");
        foreach (CaseNode node in graph.Nodes)
        {
            writer.WriteTexts([node.Label, node.FillColor, node.Style]);
        }
        writer.WriteEndArray();
        writer.WriteStartArray("edges");
        foreach (CaseEdge edge in graph.Edges)
        {
            writer.WriteTexts([edge.Source, edge.Target, edge.Label, edge.Arrowhead]);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string>? texts)
    {
        if (texts is not null)
        {
            writer.WriteTexts(name, texts);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }
}
