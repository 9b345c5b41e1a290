using System.Text;

namespace Rer;

/// <summary>Writes the text of <see cref="ResolveGraph.GetFailureDetail"/>.</summary>
internal static class FailureDetail
{
    private const string RequestColor = "#FFFFAA";

    /// <summary>Returns the text, which has several lines. It is empty for a graph without a failure.</summary>
    public static string Of(ResolveGraph graph)
    {
        if (graph.Edges.FirstOrDefault(edge => edge.Kind == GraphEdgeKind.Cycle) is { } cycle)
        {
            return "Resolve paths starting from initial requests to cycle:" + Paths(graph, cycle, isCycle: true);
        }
        if (graph.Edges.FirstOrDefault(edge => edge.Kind == GraphEdgeKind.Conflict) is { } conflict)
        {
            return "Resolve paths starting from initial requests to conflict:" + Paths(graph, conflict, isCycle: false);
        }
        return "";
    }

    private static string Paths(ResolveGraph graph, GraphEdge failed, bool isCycle)
    {
        ILookup<int, int> neighbors = graph.Edges.ToLookup(edge => edge.Source, edge => edge.Target);
        var text = new StringBuilder();
        for (int node = 0; node < graph.Nodes.Count; node++)
        {
            if (graph.Nodes[node].FillColor != RequestColor)
            {
                continue;
            }
            text.Append("\n  ").Append(LabelOf(graph, node));
            List<int> path = Walk(node, neighbors, isCycle ? failed : null);
            AppendPath(text, graph, path.Skip(1), isCycle ? null : failed);
        }
        return text.ToString();
    }

    /// <summary>
    /// Follows the first edge of each node to an unvisited node, until there is none or the cycle is reached.
    /// </summary>
    private static List<int> Walk(int start, ILookup<int, int> neighbors, GraphEdge? cycle)
    {
        List<int> visited = [start];
        while (true)
        {
            int next = neighbors[visited[^1]].Where(node => !visited.Contains(node)).DefaultIfEmpty(-1).First();
            if (next < 0)
            {
                return visited;
            }
            visited.Add(next);
            if (cycle is not null && Joins(cycle, next))
            {
                return visited;
            }
        }
    }

    /// <summary>
    /// Appends the packages along a path. Requirements are left out, except the conflicting one at the end.
    /// </summary>
    private static void AppendPath(StringBuilder text, ResolveGraph graph, IEnumerable<int> path, GraphEdge? conflict)
    {
        foreach (int node in path)
        {
            bool isRequirement = graph.Nodes[node].Style.Contains("dashed", StringComparison.Ordinal);
            bool isConflict = isRequirement && conflict is not null && Joins(conflict, node);
            if (!isRequirement || isConflict)
            {
                text.Append(" --> ").Append(LabelOf(graph, node));
            }
            if (isConflict)
            {
                return;
            }
        }
    }

    private static bool Joins(GraphEdge edge, int node) => edge.Source == node || edge.Target == node;

    /// <summary>The label without the variant's index.</summary>
    private static string LabelOf(ResolveGraph graph, int node)
    {
        string label = graph.Nodes[node].Label;
        int bracket = label.LastIndexOf('[');
        return bracket < 0 ? label : label[..bracket];
    }
}
