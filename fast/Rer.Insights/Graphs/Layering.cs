namespace Rer.Insights.Graphs;

/// <summary>First step of the layout: which column each node stands in, so that edges lead to the right.</summary>
internal static class Layering
{
    /// <summary>
    /// The column of each node, from 0: as many columns after its furthest predecessor as it must, then moved right
    /// beside its nearest successor where it has no predecessors. Edges that close a cycle are not counted.
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
                columns[next] = Math.Max(columns[next], columns[node] + 1);
        }
        for (int node = 0; node < count; node++)
        {
            if (!predecessors[node].Any() && successors[node].Any())
                columns[node] = successors[node].Min(next => columns[next]) - 1;
        }
        return columns;
    }

    /// <summary>The edges without those that lead back to a node on the way to them.</summary>
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
                    continue;
                kept.Add(top.Following.Current);
                Enter(next);
            }
        }
        return [.. kept];

        void Enter(int node)
        {
            if (states[node] != VisitState.New)
                return;
            states[node] = VisitState.OnPath;
            path.Push((node, leaving[node].GetEnumerator()));
        }
    }

    /// <summary>Nodes, each after all of its predecessors. The edges have no cycles.</summary>
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
                    ready.Enqueue(next);
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
