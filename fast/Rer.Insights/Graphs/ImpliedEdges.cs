using System.Collections;

namespace Rer.Insights.Graphs;

/// <summary>Which edges of a graph say nothing about who reaches whom that other edges do not say.</summary>
internal static class ImpliedEdges
{
    /// <summary>
    /// Whether each edge is implied: its target is also reached the long way. What remains (the transitive reduction)
    /// is what the layout follows, and what is drawn strongly.
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
