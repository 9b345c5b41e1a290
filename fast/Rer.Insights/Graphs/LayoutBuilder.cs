namespace Rer.Insights.Graphs;

/// <summary>
/// Builds a <see cref="LayeredLayout"/> step by step, from left to right. A layout from top to bottom is the same with
/// the axes exchanged.
/// </summary>
/// <param name="widths">The width of each node, in pixels.</param>
/// <param name="isDownward">Whether columns are drawn as rows.</param>
internal sealed class LayoutBuilder(IReadOnlyList<double> widths, bool isDownward)
{
    private const double NodeHeight = 24;
    private const double NodeGap = 8;

    /// <summary>
    /// The gap is smaller from top to bottom. There, nodes are wider than they are high, so edges have more room to
    /// turn.
    /// </summary>
    private readonly double _columnGap = isDownward ? 36 : 56;

    /// <summary>The space that an edge takes in a column that it passes.</summary>
    private const double Passage = 10;

    /// <summary>
    /// The column of each node, followed by the column of each passage. A passage is the place of an edge in a column
    /// that the edge passes.
    /// </summary>
    private readonly List<int> _columnOf = [];

    /// <summary>The parts of edges that connect neighbouring columns.</summary>
    private readonly List<(int Left, int Right)> _segments = [];

    private double[] _lefts = [];
    private double[] _rights = [];
    private double[] _centers = [];

    /// <summary>Lays out the nodes and these edges.</summary>
    public LayeredLayout Build(IReadOnlyList<(int Source, int Target, bool IsImplied)> edges)
    {
        _columnOf.AddRange(
            Layering.ColumnsOf(
                widths.Count,
                [.. edges.Where(edge => !edge.IsImplied).Select(edge => (edge.Source, edge.Target))]
            )
        );
        int[][] chains =
        [
            .. edges.Select(edge => edge.IsImplied ? [edge.Source, edge.Target] : Chain(edge.Source, edge.Target)),
        ];
        int[][] columns = OrderColumns();
        PlaceAcross(columns);
        double height = PlaceDown(columns);

        LayoutBox[] boxes =
        [
            .. widths.Select((_, i) => new LayoutBox(_lefts[i], _centers[i] - Across(i) / 2, Along(i), Across(i))),
        ];
        double width = boxes.Select(box => box.Right).DefaultIfEmpty(0).Max();
        IEnumerable<LayoutPoint[]> routes = chains.Select(chain => Route(chain, boxes));
        return isDownward
            ? new LayeredLayout(
                [.. boxes.Select(box => new LayoutBox(box.Top, box.Left, box.Height, box.Width))],
                [.. routes.Select(route => route.Select(point => new LayoutPoint(point.Y, point.X)).ToArray())],
                height,
                width,
                isDownward
            )
            : new LayeredLayout(boxes, [.. routes], width, height, isDownward);
    }

    /// <summary>The extent of a node in the direction of the edges.</summary>
    private double Along(int node) => isDownward ? NodeHeight : widths[node];

    /// <summary>The extent of a node within its column.</summary>
    private double Across(int node) => isDownward ? widths[node] : NodeHeight;

    /// <summary>The nodes along an edge: its source, a passage in each column between, its target.</summary>
    private int[] Chain(int source, int target)
    {
        int step = Math.Sign(_columnOf[target] - _columnOf[source]);
        if (step == 0)
        {
            return [source, target];
        }

        List<int> chain = [source];
        for (int column = _columnOf[source] + step; column != _columnOf[target]; column += step)
        {
            chain.Add(_columnOf.Count);
            _columnOf.Add(column);
        }
        chain.Add(target);
        for (int i = 1; i < chain.Count; i++)
        {
            _segments.Add(step > 0 ? (chain[i - 1], chain[i]) : (chain[i], chain[i - 1]));
        }
        return [.. chain];
    }

    private int[][] OrderColumns()
    {
        int[][] columns =
        [
            .. Enumerable
                .Range(0, _columnOf.Count)
                .GroupBy(node => _columnOf[node])
                .OrderBy(column => column.Key)
                .Select(column => column.ToArray()),
        ];
        ColumnOrdering.Order(
            columns,
            _segments.ToLookup(segment => segment.Left, segment => segment.Right),
            _segments.ToLookup(segment => segment.Right, segment => segment.Left)
        );
        return columns;
    }

    private void PlaceAcross(int[][] columns)
    {
        _lefts = new double[_columnOf.Count];
        _rights = new double[_columnOf.Count];
        double x = 0;
        foreach (int[] column in columns)
        {
            double width = column.Max(node => IsPassage(node) ? 0 : Along(node));
            foreach (int node in column)
            {
                _lefts[node] = x;
                _rights[node] = x + width;
            }
            x += width + _columnGap;
        }
    }

    private double PlaceDown(int[][] columns)
    {
        double[] heights = [.. _columnOf.Select((_, node) => IsPassage(node) ? Passage : Across(node) + NodeGap)];
        ILookup<int, int> neighbors = _segments
            .SelectMany(segment =>
                new[] { (From: segment.Left, To: segment.Right), (From: segment.Right, To: segment.Left) }
            )
            .ToLookup(step => step.From, step => step.To);
        _centers = ColumnPlacement.Place(columns, heights, neighbors);
        return _centers.Select((center, node) => center + heights[node] / 2).DefaultIfEmpty(0).Max();
    }

    private LayoutPoint[] Route(int[] chain, LayoutBox[] boxes)
    {
        LayoutBox source = boxes[chain[0]];
        LayoutBox target = boxes[chain[^1]];
        bool isBackward = target.Left < source.Left;
        bool isForward = target.Left > source.Left;
        return
        [
            new(isBackward ? source.Left : source.Right, source.Middle),
            .. chain[1..^1].SelectMany(passage => Crossing(passage, isBackward)),
            new(isForward ? target.Left : target.Right, target.Middle),
        ];
    }

    private LayoutPoint[] Crossing(int passage, bool isBackward)
    {
        LayoutPoint left = new(_lefts[passage], _centers[passage]);
        LayoutPoint right = new(_rights[passage], _centers[passage]);
        return isBackward ? [right, left] : [left, right];
    }

    private bool IsPassage(int node) => node >= widths.Count;
}
