namespace Rer.Insights.Explaining;

/// <summary>The ways in which requests pull a package in.</summary>
internal static class PullPaths
{
    /// <summary>A graph may have more paths than can be walked; what is found by then are the shortest.</summary>
    private const int MaxSteps = 100_000;

    /// <summary>The shortest paths from a request to a node of a resolve's graph.</summary>
    /// <param name="view">The graph.</param>
    /// <param name="target">The node.</param>
    /// <param name="max">How many at most.</param>
    /// <returns>The labels that each passes, the requests first; and whether there are more.</returns>
    public static (IReadOnlyList<IReadOnlyList<string>> Paths, bool HasMore) To(GraphView view, int target, int max)
    {
        ILookup<int, int> pulledBy = view
            .Edges.Where(edge => edge is { IsPull: true, Kind: GraphEdgeKind.Dependency })
            .Select(edge => (edge.Source, edge.Target))
            .Distinct()
            .ToLookup(edge => edge.Target, edge => edge.Source);
        List<IReadOnlyList<string>> paths = [];
        var partial = new Queue<Step>([new Step(target, null)]);
        for (int steps = 0; partial.TryDequeue(out Step? step); steps++)
        {
            if (paths.Count == max || steps == MaxSteps)
                return (paths, true);
            if (view.Nodes[step.Node].Kind == ViewNodeKind.Request && step.Next is not null)
            {
                paths.Add([.. step.Nodes().Select(node => view.Nodes[node].Label)]);
                continue;
            }
            foreach (int source in pulledBy[step.Node].Where(source => !step.Nodes().Contains(source)))
                partial.Enqueue(new Step(source, step));
        }
        return (paths, false);
    }

    /// <summary>A path from its first node on.</summary>
    private sealed record Step(int Node, Step? Next)
    {
        public IEnumerable<int> Nodes()
        {
            for (Step? step = this; step is not null; step = step.Next)
                yield return step.Node;
        }
    }
}
