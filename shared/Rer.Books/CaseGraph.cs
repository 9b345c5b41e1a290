namespace Rer.Books;

/// <summary>
/// A resolve graph without the ids and the order of its nodes. Nodes and edges are represented by their labels and
/// sorted, so that a difference shows what is missing and what is superfluous. Ids and order are in
/// <see cref="Case.Dot"/>.
/// </summary>
public sealed record CaseGraph
{
    /// <summary>Sorts nodes and edges.</summary>
    public CaseGraph(IEnumerable<CaseNode> nodes, IEnumerable<CaseEdge> edges)
    {
        Nodes = [.. nodes.OrderBy(node => node.ToString(), StringComparer.Ordinal)];
        Edges = [.. edges.OrderBy(edge => edge.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>The nodes. Equal ones are repeated.</summary>
    public IReadOnlyList<CaseNode> Nodes { get; }

    /// <summary>The edges. Equal ones are repeated.</summary>
    public IReadOnlyList<CaseEdge> Edges { get; }

    /// <summary>The normalised form of a graph.</summary>
    public static CaseGraph Of(ResolveGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new CaseGraph(
            graph.Nodes.Select(node => new CaseNode(node.Label, node.FillColor, node.Style)),
            graph.Edges.Select(edge => new CaseEdge(
                graph.Nodes[edge.Source].Label,
                graph.Nodes[edge.Target].Label,
                edge.Label,
                edge.Kind == GraphEdgeKind.Merge ? "odot" : ""
            ))
        );
    }
}

/// <summary>A node by its label and appearance.</summary>
/// <param name="Label">Its text.</param>
/// <param name="FillColor">Its fill colour, for example <c>#AAFFAA</c>.</param>
/// <param name="Style">Its style, for example <c>filled,dashed</c>.</param>
public sealed record CaseNode(string Label, string FillColor, string Style)
{
    /// <inheritdoc />
    public override string ToString() => $"{Label} ({FillColor} {Style})";
}

/// <summary>An edge by the labels of its ends.</summary>
/// <param name="Source">The label of the node it leaves.</param>
/// <param name="Target">The label of the node it enters.</param>
/// <param name="Label">Its own text, or empty.</param>
/// <param name="Arrowhead"><c>odot</c> for a merge, otherwise empty.</param>
public sealed record CaseEdge(string Source, string Target, string Label, string Arrowhead)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Source} -> {Target}"
        + (Label.Length == 0 ? "" : $" '{Label}'")
        + (Arrowhead.Length == 0 ? "" : $" ({Arrowhead})");
}
