namespace Rer.Insights;

/// <summary>
/// A resolve graph for people to read: packages connected by what they require. rez's graph has a separate node for
/// each requirement, which triples its size. Here, a requirement that only leads to a package becomes the label of an
/// edge. Requirements that take part in a conflict, a merge or a reduction remain nodes.
/// </summary>
public sealed record GraphView(IReadOnlyList<ViewNode> Nodes, IReadOnlyList<ViewEdge> Edges)
{
    private const string RequestColor = "#FFFFAA";
    private const string SolvedColor = "#AAFFAA";

    /// <summary>Creates the view of a resolve or of a failure.</summary>
    public static GraphView Of(ResolveGraph graph)
    {
        ViewNodeKind[] kinds = [.. graph.Nodes.Select(KindOf)];
        HashSet<int> marked = [.. MarkedNodes(graph)];
        ILookup<int, GraphEdge> leaving = graph.Edges.ToLookup(edge => edge.Source);

        // A requirement of the request has its own node. For packages with the same requirement, it is only a passage.
        bool IsPassage(int node) =>
            kinds[node] is ViewNodeKind.Requirement or ViewNodeKind.Request && !marked.Contains(node);
        bool IsShown(int node) => kinds[node] != ViewNodeKind.Requirement || marked.Contains(node);

        int[] shown = [.. Enumerable.Range(0, graph.Nodes.Count).Where(IsShown)];
        Dictionary<int, int> newIds = shown
            .Select((node, id) => (node, id))
            .ToDictionary(pair => pair.node, pair => pair.id);

        var edges = new List<ViewEdge>();
        foreach (GraphEdge edge in graph.Edges.Where(edge => IsShown(edge.Source)))
        {
            bool isPassage = IsPassage(edge.Target);
            string label = isPassage ? graph.Nodes[edge.Target].Label : edge.Label;
            bool isPull = IsPull(isPassage ? label : graph.Nodes[edge.Source].Label);
            IEnumerable<int> targets = isPassage ? Beyond(edge.Target, leaving, IsPassage, []) : [edge.Target];
            edges.AddRange(
                targets
                    .Where(IsShown)
                    .Select(target => new ViewEdge(newIds[edge.Source], newIds[target], label, edge.Kind, isPull))
            );
        }
        return new GraphView([.. shown.Select(node => new ViewNode(graph.Nodes[node].Label, kinds[node]))], edges);
    }

    /// <summary>The nodes to which a passage leads, directly or through passages into which it was merged.</summary>
    private static IEnumerable<int> Beyond(
        int passage,
        ILookup<int, GraphEdge> leaving,
        Predicate<int> isPassage,
        HashSet<int> seen
    ) =>
        leaving[passage]
            .Where(edge => seen.Add(edge.Target))
            .SelectMany(edge => isPassage(edge.Target) ? Beyond(edge.Target, leaving, isPassage, seen) : [edge.Target]);

    private static bool IsPull(string label) => label is not ['~' or '!', ..];

    private static ViewNodeKind KindOf(GraphNode node) =>
        node.FillColor switch
        {
            RequestColor => ViewNodeKind.Request,
            SolvedColor => ViewNodeKind.Solved,
            _ when node.Style.Contains("dashed", StringComparison.Ordinal) => ViewNodeKind.Requirement,
            _ => ViewNodeKind.Unsolved,
        };

    /// <summary>The nodes that show why a solve failed.</summary>
    private static IEnumerable<int> MarkedNodes(ResolveGraph graph) =>
        graph
            .Edges.Where(edge => edge.Kind is not (GraphEdgeKind.Dependency or GraphEdgeKind.Merge))
            .SelectMany(edge => new[] { edge.Source, edge.Target });
}

/// <summary>A node of a <see cref="GraphView"/>.</summary>
public sealed record ViewNode(string Label, ViewNodeKind Kind);

/// <summary>What a node of a <see cref="GraphView"/> represents.</summary>
public enum ViewNodeKind
{
    /// <summary>A requirement of the request.</summary>
    Request,

    /// <summary>A package that was decided on.</summary>
    Solved,

    /// <summary>A family whose version was still open when the solve failed.</summary>
    Unsolved,

    /// <summary>A requirement of a package, or a conflict.</summary>
    Requirement,
}

/// <summary>An edge of a <see cref="GraphView"/>. Its label is the requirement that it represents.</summary>
/// <param name="Source">The position of the node it leaves.</param>
/// <param name="Target">The position of the node it enters.</param>
/// <param name="Label">The requirement, or rez's label of the edge; empty if the source already shows it.</param>
/// <param name="Kind">What it means.</param>
/// <param name="IsPull">Whether the source brings the target in. A weak reference only restricts its version.</param>
public sealed record ViewEdge(int Source, int Target, string Label, GraphEdgeKind Kind, bool IsPull = true);
