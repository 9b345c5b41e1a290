using System.Globalization;
using System.Text;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>
/// Writes a view in the DOT language. For the graph of a resolve as rez writes it, see
/// <see cref="ResolveGraph.ToDot"/>.
/// </summary>
public static class DotWriter
{
    /// <summary>Writes a graph.</summary>
    public static string Write(GraphView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var text = new StringBuilder("digraph g {\nrankdir=\"LR\";\nnode [shape=\"box\", fontsize=\"10\"];\n");
        for (int i = 0; i < view.Nodes.Count; i++)
        {
            string style = view.Nodes[i].Kind == ViewNodeKind.Request ? ", style=\"filled,dashed\"" : "";
            text.Append(CultureInfo.InvariantCulture, $"_{i + 1} [label=\"{Quoted(view.Nodes[i].Label)}\"{style}];\n");
        }
        foreach (ViewEdge edge in view.Edges)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"_{edge.Source + 1} -> _{edge.Target + 1} [arrowsize=\"0.5\", fontsize=\"8\", label=\"{Quoted(edge.Label)}\"];\n"
            );
        }
        return text.Append("}\n").ToString();
    }

    private static string Quoted(string text) =>
        VisibleText
            .OfLine(text)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
}
