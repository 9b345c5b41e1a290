namespace Rer.Insights.Graphs;

/// <summary>First step of the layout: assigns nodes to columns so that edges lead to the right.</summary>
internal static class Layering
{
    /// <summary>
    /// The column of each node, from 0. A node is in the first column after all its predecessors. A node without
    /// predecessors then moves next to its nearest successor. Edges that close a cycle are ignored.
    /// </summary>
    public static int[] ColumnsOf(int count, IReadOnlyList<(int Source, int Target)> edges)
    {
        (int Source, int Target)[] acyclic = WithoutCycles(count, edges);
        ILookup<int, int> successors = acyclic.ToLookup(edge => edge.Source, edge => edge.Target);
        ILookup<int, int> predecessors = acyclic.ToLookup(edge => edge.Target, edge => edge.Source);
        int[] columns = new int[count];
        foreach (int node in TopologicalOrder(count, successors, predecessors))
        {
            foreach (int next in successors[node])
            {
                columns[next] = Math.Max(columns[next], columns[node] + 1);
            }
        }
        for (int node = 0; node < count; node++)
        {
            if (!predecessors[node].Any() && successors[node].Any())
            {
                columns[node] = successors[node].Min(next => columns[next]) - 1;
            }
        }
        return columns;
    }

    /// <summary>The edges without those that lead back to a node on the path to them.</summary>
    public static (int Source, int Target)[] WithoutCycles(int count, IReadOnlyList<(int Source, int Target)> edges)
    {
        ILookup<int, (int Source, int Target)> leaving = edges.ToLookup(edge => edge.Source);
        var states = new VisitState[count];
        var kept = new List<(int, int)>();
        var path = new Stack<(int Node, IEnumerator<(int Source, int Target)> Following)>();
        for (int root = 0; root < count; root++)
        {
            Enter(root);
            while (path.TryPeek(out var top))
            {
                if (!top.Following.MoveNext())
                {
                    states[top.Node] = VisitState.Done;
                    path.Pop();
                    continue;
                }
                int next = top.Following.Current.Target;
                if (states[next] == VisitState.OnPath)
                {
                    continue;
                }
                kept.Add(top.Following.Current);
                Enter(next);
            }
        }
        return [.. kept];

        void Enter(int node)
        {
            if (states[node] != VisitState.New)
            {
                return;
            }
            states[node] = VisitState.OnPath;
            path.Push((node, leaving[node].GetEnumerator()));
        }
    }

    /// <summary>
    /// The nodes in topological order: each comes after all its predecessors. The edges must not have cycles.
    /// </summary>
    public static IEnumerable<int> TopologicalOrder(
        int count,
        ILookup<int, int> successors,
        ILookup<int, int> predecessors
    )
    {
        int[] waiting = [.. Enumerable.Range(0, count).Select(node => predecessors[node].Count())];
        var ready = new Queue<int>(Enumerable.Range(0, count).Where(node => waiting[node] == 0));
        while (ready.TryDequeue(out int node))
        {
            yield return node;
            foreach (int next in successors[node])
            {
                if (--waiting[next] == 0)
                {
                    ready.Enqueue(next);
                }
            }
        }
    }

    private enum VisitState
    {
        New,
        OnPath,
        Done,
    }
}
