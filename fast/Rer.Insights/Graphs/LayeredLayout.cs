namespace Rer.Insights.Graphs;

/// <summary>
/// A drawing of a graph in columns from left to right, or in rows from top to bottom, after Sugiyama, Tagawa and Toda
/// (1981): columns, order in each column, positions, routes of edges.
/// </summary>
/// <param name="Boxes">The position of each node.</param>
/// <param name="Routes">The points along each edge, from source to target. The edge curves from the first to the
/// second, runs straight to the third, and so on, alternating.</param>
/// <param name="Width">The width of the drawing, in pixels.</param>
/// <param name="Height">The height of the drawing, in pixels.</param>
/// <param name="IsDownward">Whether edges run from top to bottom, and curve down instead of to the right.</param>
internal sealed record LayeredLayout(
    IReadOnlyList<LayoutBox> Boxes,
    IReadOnlyList<IReadOnlyList<LayoutPoint>> Routes,
    double Width,
    double Height,
    bool IsDownward
)
{
    /// <summary>Lays out a graph.</summary>
    /// <param name="widths">The width of each node, in pixels.</param>
    /// <param name="edges">The edges. Implied edges are drawn across and do not shape the drawing.</param>
    /// <param name="isDownward">Whether to use rows from top to bottom instead of columns from left to right.</param>
    public static LayeredLayout Of(
        IReadOnlyList<double> widths,
        IReadOnlyList<(int Source, int Target, bool IsImplied)> edges,
        bool isDownward = false
    ) => new LayoutBuilder(widths, isDownward).Build(edges);

    /// <summary>The scale at which the whole drawing fits a window, at most 1.</summary>
    public double ScaleIn(double width, double height) => Math.Min(1, Math.Min(width / Width, height / Height));
}

/// <summary>The position of a node, in pixels.</summary>
internal readonly record struct LayoutBox(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;
    public double Bottom => Top + Height;
    public double Middle => Top + Height / 2;
}

/// <summary>A point on an edge, in pixels.</summary>
internal readonly record struct LayoutPoint(double X, double Y);
