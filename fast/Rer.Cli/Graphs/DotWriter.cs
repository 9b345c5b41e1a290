using System.Globalization;
using System.Text;

namespace Rer.Cli.Graphs;

/// <summary>
/// A graph in the DOT language, with the attributes that rez gives to nodes and edges in
/// <c>_ResolvePhase.get_graph</c>, in the form of <c>rez.utils.graph_utils.write_dot</c>.
/// </summary>
internal static class DotWriter
{
    /// <summary>The text, without a final line break (as in rez).</summary>
    public static string Write(ResolveGraph graph)
    {
        var text = new StringBuilder("digraph g {\n");
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            GraphNode node = graph.Nodes[i];
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Id(i)} [label=\"{node.Label}\", fontsize=\"10\", fillcolor=\"{node.FillColor}\", style=\"{node.Style}\"];\n"
            );
        }
        foreach (GraphEdge edge in graph.Edges)
        {
            string label = edge.Label.Length == 0 ? "" : $", label=\"{edge.Label}\"";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Id(edge.Source)} -> {Id(edge.Target)} [{AttributesOf(edge.Kind)}{label}];\n"
            );
        }
        return text.Append('}').ToString();
    }

    /// <summary>rez numbers nodes as it makes them, from 1, and leaves gaps where it prunes.</summary>
    private static string Id(int node) => "_" + (node + 1).ToString(CultureInfo.InvariantCulture);

    private static string AttributesOf(GraphEdgeKind kind) =>
        kind switch
        {
            GraphEdgeKind.Dependency => "arrowsize=\"0.5\"",
            GraphEdgeKind.Merge => "arrowsize=\"1\", arrowhead=\"odot\"",
            GraphEdgeKind.Reduction => "arrowsize=\"1\", fontsize=\"10\"",
            _ => "arrowsize=\"1\", style=\"bold\", color=\"red\", fontcolor=\"red\"",
        };
}
