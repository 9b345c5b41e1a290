using System.Globalization;
using System.Text;

namespace Rer;

/// <summary>Writes the text of <see cref="ResolveGraph.ToDot"/>.</summary>
internal static class DotText
{
    /// <summary>Returns the DOT text of a graph.</summary>
    public static string Of(ResolveGraph graph)
    {
        var text = new StringBuilder("digraph g {\n");
        foreach (GraphNode node in graph.Nodes)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"_{node.Number} [label=\"{Quoted(node.Label)}\", fontsize=\"10\", fillcolor=\"{node.FillColor}\", style=\"{node.Style}\"];\n"
            );
        }

        // rez stores edges with the node they leave.
        foreach (GraphEdge edge in graph.Edges.OrderBy(edge => edge.Source))
        {
            string label = edge.Label.Length == 0 ? "" : $", label=\"{Quoted(edge.Label)}\"";
            text.Append(
                CultureInfo.InvariantCulture,
                $"_{graph.Nodes[edge.Source].Number} -> _{graph.Nodes[edge.Target].Number} [{AttributesOf(edge.Kind)}{label}];\n"
            );
        }

        return text.Append('}').ToString();
    }

    private static string AttributesOf(GraphEdgeKind kind) =>
        kind switch
        {
            GraphEdgeKind.Dependency => "arrowsize=\"0.5\"",
            GraphEdgeKind.Merge => "arrowsize=\"1\", arrowhead=\"odot\"",
            GraphEdgeKind.Reduction => "arrowsize=\"1\", fontsize=\"10\"",
            _ => "arrowsize=\"1\", style=\"bold\", color=\"red\", fontcolor=\"red\"",
        };

    /// <summary>
    /// Escapes the inside of a quoted text. No name that rez accepts in a request needs this. A stray directory with an
    /// odd name would end the text early, because rez writes the name unescaped.
    /// </summary>
    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny('"', '\\', '\n') < 0
            ? text
            : text.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal);
}
