namespace Rer;

/// <summary>
/// The graph of a solve: requests, packages, requirements, and what failed. Nodes and edges are in the order in which
/// rez adds them, as far as rez's order is determined.
/// </summary>
/// <param name="Nodes">The nodes; an edge names them by position.</param>
/// <param name="Edges">The edges.</param>
/// <remarks>Answers to the <c>pygraph</c> digraph of <c>_ResolvePhase.get_graph</c>.</remarks>
public sealed record ResolveGraph(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges);

/// <summary>A node of a graph.</summary>
/// <param name="Label">Its text.</param>
/// <param name="FillColor">Such as <c>#AAFFAA</c>, which rez gives to resolved packages.</param>
/// <param name="Style">Such as <c>filled,dashed</c>, which rez gives to requests.</param>
public sealed record GraphNode(string Label, string FillColor, string Style);

/// <summary>An edge of a graph.</summary>
/// <param name="Source">The position of the node it leaves.</param>
/// <param name="Target">The position of the node it enters.</param>
/// <param name="Kind">What it means, which decides how it is drawn.</param>
/// <param name="Label">Its text: empty, <c>CONFLICT</c>, <c>CYCLE</c>, or the variant that was reduced.</param>
public sealed record GraphEdge(int Source, int Target, GraphEdgeKind Kind, string Label);

/// <summary>What an edge of a graph means.</summary>
public enum GraphEdgeKind
{
    /// <summary>Leads from a request to a package, or from a package to a requirement.</summary>
    Dependency,

    /// <summary>Leads from an extraction to what several of them were merged into. rez's arrowhead <c>odot</c>.</summary>
    Merge,

    /// <summary>Leads from a package to a requirement of a variant that was reduced.</summary>
    Reduction,

    /// <summary>Joins two requirements that conflict.</summary>
    Conflict,

    /// <summary>A step of a cycle.</summary>
    Cycle,
}
