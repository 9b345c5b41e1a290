using System.Collections;

namespace Rer.Insights.Graphs;

/// <summary>Finds the edges of a graph that other edges already imply.</summary>
internal static class ImpliedEdges
{
    /// <summary>
    /// Whether each edge is implied, which means that its target can also be reached by a longer path. The remaining
    /// edges (the transitive reduction) shape the layout and are drawn in a strong colour.
    /// </summary>
    public static bool[] Of(int count, IReadOnlyList<(int Source, int Target)> edges)
    {
        (int Source, int Target)[] acyclic = Layering.WithoutCycles(count, edges);
        ILookup<int, int> successors = acyclic.ToLookup(edge => edge.Source, edge => edge.Target);
        ILookup<int, int> predecessors = acyclic.ToLookup(edge => edge.Target, edge => edge.Source);

        var reached = new BitArray[count];
        foreach (int node in Layering.TopologicalOrder(count, successors, predecessors).Reverse())
        {
            reached[node] = new BitArray(count);
            foreach (int next in successors[node])
            {
                reached[node].Or(reached[next]);
                reached[node][next] = true;
            }
        }

        HashSet<(int, int)> known = [.. acyclic];
        return
        [
            .. edges.Select(edge =>
                known.Contains(edge)
                && successors[edge.Source].Any(next => next != edge.Target && reached[next][edge.Target])
            ),
        ];
    }
}
