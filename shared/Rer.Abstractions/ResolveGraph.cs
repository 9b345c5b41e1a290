namespace Rer;

/// <summary>The graph of a solve: requests, packages, requirements, and what failed.</summary>
/// <param name="Nodes">The nodes, in the order in which rez adds them. Edges refer to them by position.</param>
/// <param name="Edges">The edges, in the order in which rez adds them. An edge that is added again moves to the end,
/// for example a requirement that turns out to be a conflict.</param>
/// <remarks>
/// Corresponds to the <c>pygraph</c> digraph of <c>_ResolvePhase.get_graph</c>. Where rez iterates over a set, the
/// items come in the order in which they were added to the set.
/// </remarks>
public sealed record ResolveGraph(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges)
{
    /// <summary>
    /// The graph in the DOT language, character for character as rez writes it, without a final line break. Corresponds
    /// to <c>rez.utils.graph_utils.write_dot</c>.
    /// </summary>
    public string ToDot() => DotText.Of(this);

    /// <summary>
    /// What <c>rez-env</c> prints below a failure: the paths from each request to the conflict or the cycle, on several
    /// lines. Empty for a graph without a failure. Corresponds to
    /// <c>rez.utils.resolve_graph.failure_detail_from_graph</c>.
    /// </summary>
    /// <remarks>Like rez, this follows only the first edge of each node, so a path may miss a conflict that another
    /// edge leads to.</remarks>
    public string GetFailureDetail() => FailureDetail.Of(this);
}

/// <summary>A node of a graph.</summary>
/// <param name="Number">The node's number when it was created, counted from 1: rez's <c>_7</c> is 7. Pruned nodes leave
/// gaps.</param>
/// <param name="Label">Its text.</param>
/// <param name="FillColor">The fill colour, for example <c>#AAFFAA</c>, which rez gives to resolved packages.</param>
/// <param name="Style">The style, for example <c>filled,dashed</c>, which rez gives to requests.</param>
public sealed record GraphNode(int Number, string Label, string FillColor, string Style);

/// <summary>An edge of a graph.</summary>
/// <param name="Source">The position of the node it leaves.</param>
/// <param name="Target">The position of the node it enters.</param>
/// <param name="Kind">Its meaning, which decides how it is drawn.</param>
/// <param name="Label">Its text: empty, <c>CONFLICT</c>, <c>CYCLE</c>, or the variant that was reduced.</param>
public sealed record GraphEdge(int Source, int Target, GraphEdgeKind Kind, string Label);

/// <summary>What an edge of a graph means.</summary>
public enum GraphEdgeKind
{
    /// <summary>Leads from a request to a package, or from a package to a requirement.</summary>
    Dependency,

    /// <summary>
    /// Leads from an extraction to the requirement that several extractions were merged into. Drawn with rez's
    /// arrowhead <c>odot</c>.
    /// </summary>
    Merge,

    /// <summary>Leads from a package to a requirement of a variant that was reduced.</summary>
    Reduction,

    /// <summary>Connects two requirements that conflict.</summary>
    Conflict,

    /// <summary>A step of a cycle.</summary>
    Cycle,
}
