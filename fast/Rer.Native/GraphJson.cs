using System.Text.Json;

namespace Rer.Native;

/// <summary>Writes a resolve graph as JSON.</summary>
internal static class GraphJson
{
    /// <summary>Writes the nodes, and the edges, which refer to nodes by position.</summary>
    public static void Write(Utf8JsonWriter writer, ResolveGraph graph)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("nodes");
        foreach (GraphNode node in graph.Nodes)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(node.Label);
            writer.WriteStringValue(node.FillColor);
            writer.WriteStringValue(node.Style);
            writer.WriteNumberValue(node.Number);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("edges");
        foreach (GraphEdge edge in graph.Edges)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(edge.Source);
            writer.WriteNumberValue(edge.Target);
            writer.WriteStringValue(Word(edge.Kind));
            writer.WriteStringValue(edge.Label);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Word(GraphEdgeKind kind) =>
        kind switch
        {
            GraphEdgeKind.Dependency => "dependency",
            GraphEdgeKind.Merge => "merge",
            GraphEdgeKind.Reduction => "reduction",
            GraphEdgeKind.Conflict => "conflict",
            _ => "cycle",
        };
}
