using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rer.Native;

/// <summary>A resolve graph as text.</summary>
internal static class GraphText
{
    /// <summary>The graph as JSON, nodes by position.</summary>
    public static void WriteJson(Utf8JsonWriter writer, ResolveGraph graph)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("nodes");
        foreach (GraphNode node in graph.Nodes)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(node.Label);
            writer.WriteStringValue(node.FillColor);
            writer.WriteStringValue(node.Style);
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

    /// <summary>The graph in the DOT language.</summary>
    /// <remarks>Answers to <c>rez.utils.graph_utils.write_dot</c>, and to the attributes of
    /// <c>_ResolvePhase.get_graph</c>.</remarks>
    public static string ToDot(ResolveGraph graph)
    {
        StringBuilder text = new("digraph g {\n");
        for (int node = 0; node < graph.Nodes.Count; node++)
        {
            (string label, string color, string style) = graph.Nodes[node];
            text.Append(
                CultureInfo.InvariantCulture,
                $"_{node + 1} [label=\"{label}\", fontsize=\"10\", fillcolor=\"{color}\", style=\"{style}\"];\n"
            );
        }

        foreach (GraphEdge edge in graph.Edges)
        {
            string label = edge.Label.Length == 0 ? "" : $", label=\"{edge.Label}\"";
            text.Append(
                CultureInfo.InvariantCulture,
                $"_{edge.Source + 1} -> _{edge.Target + 1} [{Attributes(edge.Kind)}{label}];\n"
            );
        }

        return text.Append('}').ToString();
    }

    private static string Attributes(GraphEdgeKind kind) =>
        kind switch
        {
            GraphEdgeKind.Dependency => "arrowsize=\"0.5\"",
            GraphEdgeKind.Merge => "arrowsize=\"1\", arrowhead=\"odot\"",
            GraphEdgeKind.Reduction => "arrowsize=\"1\", fontsize=\"10\"",
            _ => "arrowsize=\"1\", style=\"bold\", color=\"red\", fontcolor=\"red\"",
        };

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
