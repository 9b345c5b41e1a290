using System.Globalization;
using System.Text;

namespace Rer.Insights.Contexts;

/// <summary>
/// Writes a graph as the Python literal in which context files store it: nodes and edges by their attributes.
/// </summary>
/// <remarks>Corresponds to <c>rez.utils.graph_utils.write_compacted</c>.</remarks>
internal static class CompactGraph
{
    /// <summary>Returns the literal.</summary>
    public static string Of(ResolveGraph graph)
    {
        var nodes = new OrderedDictionary<string, List<string>>();
        foreach (GraphNode node in graph.Nodes)
        {
            Add(
                nodes,
                $"(('fillcolor', {Quoted(node.FillColor)}), ('fontsize', 10), ('style', {Quoted(node.Style)}))",
                $"({IdOf(node)}, {Quoted(node.Label)})"
            );
        }
        var edges = new OrderedDictionary<string, List<string>>();
        // rez stores edges with the node they leave.
        foreach (GraphEdge edge in graph.Edges.OrderBy(edge => edge.Source))
        {
            string ends = $"{IdOf(graph.Nodes[edge.Source])}, {IdOf(graph.Nodes[edge.Target])}";
            Add(
                edges,
                AttributesOf(edge.Kind),
                edge.Label.Length == 0 ? $"({ends})" : $"({ends}, {Quoted(edge.Label)})"
            );
        }
        return $"{{'nodes': {Listed(nodes)}, 'edges': {Listed(edges)}}}";
    }

    private static void Add(OrderedDictionary<string, List<string>> groups, string attributes, string item)
    {
        if (!groups.TryGetValue(attributes, out List<string>? items))
        {
            groups.Add(attributes, items = []);
        }
        items.Add(item);
    }

    private static string Listed(OrderedDictionary<string, List<string>> groups) =>
        $"[{string.Join(", ", groups.Select(group => $"({group.Key}, [{string.Join(", ", group.Value)}])"))}]";

    private static string IdOf(GraphNode node) => string.Create(CultureInfo.InvariantCulture, $"'_{node.Number}'");

    private static string AttributesOf(GraphEdgeKind kind) =>
        kind switch
        {
            GraphEdgeKind.Dependency => "(('arrowsize', '0.5'),)",
            GraphEdgeKind.Merge => "(('arrowhead', 'odot'), ('arrowsize', '1'))",
            GraphEdgeKind.Reduction => "(('arrowsize', '1'), ('fontsize', 10))",
            _ => "(('arrowsize', '1'), ('color', 'red'), ('fontcolor', 'red'), ('style', 'bold'))",
        };

    /// <summary>A text as a Python literal. Quotes, backslashes and unprintable characters are escaped.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (char c in text)
        {
            if (c is '\'' or '\\')
            {
                quoted.Append('\\').Append(c);
            }
            else if (char.IsControl(c))
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            }
            else
            {
                quoted.Append(c);
            }
        }
        return quoted.Append('\'').ToString();
    }
}
