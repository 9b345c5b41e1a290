namespace Rer.Insights.Explaining;

/// <summary>Finds the paths by which requests bring a package in.</summary>
internal static class PullPaths
{
    /// <summary>A graph may have too many paths to walk. Those found before the limit are the shortest.</summary>
    private const int MaxSteps = 100_000;

    /// <summary>The shortest paths from a request to a node of a resolve's graph.</summary>
    /// <param name="view">The graph.</param>
    /// <param name="target">The node.</param>
    /// <param name="max">The maximum number of paths.</param>
    /// <returns>The labels along each path, the request first, and whether there are more paths.</returns>
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
            {
                return (paths, true);
            }
            if (view.Nodes[step.Node].Kind == ViewNodeKind.Request && step.Next is not null)
            {
                paths.Add([.. step.Nodes().Select(node => view.Nodes[node].Label)]);
                continue;
            }
            foreach (int source in pulledBy[step.Node].Where(source => !step.Nodes().Contains(source)))
            {
                partial.Enqueue(new Step(source, step));
            }
        }
        return (paths, false);
    }

    /// <summary>A path, starting at its first node.</summary>
    private sealed record Step(int Node, Step? Next)
    {
        public IEnumerable<int> Nodes()
        {
            for (Step? step = this; step is not null; step = step.Next)
            {
                yield return step.Node;
            }
        }
    }
}
