namespace Rer.Insights.Graphs;

/// <summary>
/// Second step of the layout: orders the nodes in each column so that few edges cross. All edges here connect
/// neighbouring columns.
/// </summary>
/// <remarks>Uses the barycentre heuristic of Sugiyama, Tagawa and Toda (1981).</remarks>
internal static class ColumnOrdering
{
    /// <summary>Found by trying: more sweeps do not change graphs of a few hundred packages.</summary>
    private const int Sweeps = 24;

    /// <summary>Orders columns in place.</summary>
    /// <param name="columns">The nodes of each column.</param>
    /// <param name="successors">The neighbours of a node in the next column.</param>
    /// <param name="predecessors">The neighbours of a node in the previous column.</param>
    public static void Order(int[][] columns, ILookup<int, int> successors, ILookup<int, int> predecessors)
    {
        int[][] best = Copy(columns);
        long fewest = CountCrossings(columns, successors);
        for (int sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            if (sweep % 2 == 0)
            {
                for (int i = 1; i < columns.Length; i++)
                {
                    OrderByNeighbors(columns[i], columns[i - 1], predecessors);
                }
            }
            else
            {
                for (int i = columns.Length - 2; i >= 0; i--)
                {
                    OrderByNeighbors(columns[i], columns[i + 1], successors);
                }
            }
            long crossings = CountCrossings(columns, successors);
            if (crossings >= fewest)
            {
                continue;
            }
            fewest = crossings;
            best = Copy(columns);
        }
        best.CopyTo(columns, 0);
    }

    /// <summary>
    /// Sorts a column by the mean position of each node's neighbours. Nodes without neighbours stay in place.
    /// </summary>
    private static void OrderByNeighbors(int[] column, int[] fixedColumn, ILookup<int, int> neighbors)
    {
        Dictionary<int, int> positions = PositionsOf(fixedColumn);
        double scale = (double)fixedColumn.Length / column.Length;
        double[] keys =
        [
            .. column.Select(
                (node, i) =>
                    neighbors[node].Select(other => (double)positions[other]).DefaultIfEmpty(i * scale).Average()
            ),
        ];
        int[] ordered = [.. Enumerable.Range(0, column.Length).OrderBy(i => keys[i]).Select(i => column[i])];
        ordered.CopyTo(column, 0);
    }

    private static long CountCrossings(int[][] columns, ILookup<int, int> successors)
    {
        long count = 0;
        for (int i = 0; i + 1 < columns.Length; i++)
        {
            Dictionary<int, int> positions = PositionsOf(columns[i + 1]);
            var counted = new int[columns[i + 1].Length + 1];
            int total = 0;
            foreach (int node in columns[i])
            {
                int[] targets = [.. successors[node].Select(next => positions[next])];
                count += targets.Sum(target => total - CountUpTo(counted, target));
                foreach (int target in targets)
                {
                    Add(counted, target);
                }
                total += targets.Length;
            }
        }
        return count;
    }

    /// <summary>The number of positions in a Fenwick tree that are at most this one.</summary>
    private static int CountUpTo(int[] tree, int position)
    {
        int sum = 0;
        for (int i = position + 1; i > 0; i -= i & -i)
        {
            sum += tree[i];
        }
        return sum;
    }

    private static void Add(int[] tree, int position)
    {
        for (int i = position + 1; i < tree.Length; i += i & -i)
        {
            tree[i]++;
        }
    }

    private static Dictionary<int, int> PositionsOf(int[] column) =>
        column.Select((node, position) => (node, position)).ToDictionary(pair => pair.node, pair => pair.position);

    private static int[][] Copy(int[][] columns) => [.. columns.Select(column => (int[])column.Clone())];
}
