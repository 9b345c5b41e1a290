namespace Rer.Insights.Graphs;

/// <summary>
/// Third step of the layout: the vertical position of each node, within the fixed order of its column.
/// </summary>
internal static class ColumnPlacement
{
    private const int Sweeps = 12;

    /// <summary>
    /// The vertical centre of each node. Each column in turn moves its nodes towards the mean of their neighbours, as
    /// close as their order and heights allow.
    /// </summary>
    public static double[] Place(int[][] columns, double[] heights, ILookup<int, int> neighbors)
    {
        double[] centers = new double[heights.Length];
        foreach (int[] column in columns)
        {
            double y = 0;
            foreach (int node in column)
            {
                centers[node] = y + heights[node] / 2;
                y += heights[node];
            }
        }
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (int[] column in sweep % 2 == 0 ? columns : columns.AsEnumerable().Reverse())
            {
                PlaceColumn(column, centers, heights, neighbors);
            }
        }
        double top =
            heights.Length == 0 ? 0 : Enumerable.Range(0, heights.Length).Min(i => centers[i] - heights[i] / 2);
        return [.. centers.Select(center => center - top)];
    }

    /// <summary>
    /// Computes the least squares solution. If the heights above each node are subtracted, positions must not descend.
    /// This is isotonic regression. It is solved by pooling neighbours that are in the wrong order.
    /// </summary>
    private static void PlaceColumn(int[] column, double[] centers, double[] heights, ILookup<int, int> neighbors)
    {
        var pools = new Stack<(double Sum, int Count)>();
        var offsets = new double[column.Length];
        double offset = 0;
        for (int i = 0; i < column.Length; i++)
        {
            int node = column[i];
            offsets[i] = offset + heights[node] / 2;
            offset += heights[node];

            double wish = neighbors[node].Select(other => centers[other]).DefaultIfEmpty(centers[node]).Average();
            (double Sum, int Count) pool = (wish - offsets[i], 1);
            while (pools.TryPeek(out var above) && above.Sum / above.Count >= pool.Sum / pool.Count)
            {
                pool = (pool.Sum + above.Sum, pool.Count + pools.Pop().Count);
            }
            pools.Push(pool);
        }

        int last = column.Length;
        foreach ((double sum, int count) in pools)
        {
            for (int i = last - count; i < last; i++)
            {
                centers[column[i]] = sum / count + offsets[i];
            }
            last -= count;
        }
    }
}
