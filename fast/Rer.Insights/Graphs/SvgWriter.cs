using System.Globalization;
using System.Text;
using Rer.Insights.Graphs;
using Rer.Insights.Pages;
using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>Draws a graph as a self-contained SVG picture.</summary>
public static class SvgWriter
{
    /// <summary>The width of a character in the picture's font. Any monospaced font is about as wide.</summary>
    private const double CharacterWidth = 7.3;

    private const double TextPadding = 10;
    private const double Margin = 20;

    private const string Style = """
        text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1b1f24; }
        .node rect { fill: #ffffff; stroke: #8c959f; }
        .node.request rect { fill: #fff8c5; stroke: #bf8700; stroke-dasharray: 4 3; }
        .node.solved rect { fill: #dafbe1; stroke: #2da44e; }
        .node.requirement rect { fill: #f6f8fa; stroke-dasharray: 4 3; }
        .node.failed rect { stroke: #cf222e; stroke-width: 2; }
        .edge path { fill: none; stroke: #6e7781; stroke-width: 1.2; }
        .edge.implied path { stroke: #d8dee4; stroke-width: 0.8; }
        .edge.weak path { stroke-dasharray: 1 4; }
        .edge.conflict path, .edge.cycle path { stroke: #cf222e; stroke-width: 2.5; }
        .edge.conflict text, .edge.cycle text { fill: #cf222e; font-weight: bold; }
        .edge text { font-size: 10px; fill: #57606a; paint-order: stroke; stroke: #ffffff; stroke-width: 4px; }
        """;

    /// <summary>Draws a graph from left to right.</summary>
    public static string Write(GraphView view)
    {
        bool[] implied = Implied(view);
        return Write(view, implied, LayoutOf(view, implied, isDownward: false));
    }

    /// <summary>Draws a graph from left to right or from top to bottom, whichever appears larger in a window.</summary>
    internal static string WriteFor(GraphView view, double width, double height)
    {
        bool[] implied = Implied(view);
        LayeredLayout right = LayoutOf(view, implied, isDownward: false);
        LayeredLayout down = LayoutOf(view, implied, isDownward: true);
        return Write(view, implied, down.ScaleIn(width, height) > right.ScaleIn(width, height) ? down : right);
    }

    private static LayeredLayout LayoutOf(GraphView view, bool[] implied, bool isDownward) =>
        LayeredLayout.Of(
            [.. view.Nodes.Select(node => VisibleText.Of(node.Label).Length * CharacterWidth + 2 * TextPadding)],
            [.. view.Edges.Select((edge, i) => (edge.Source, edge.Target, implied[i] || !edge.IsPull))],
            isDownward
        );

    private static string Write(GraphView view, bool[] implied, LayeredLayout layout)
    {
        HashSet<int> failed = [.. view.Edges.Where(IsFailure).SelectMany(edge => new[] { edge.Source, edge.Target })];

        var svg = new StringBuilder();
        string width = Number(layout.Width + 2 * Margin);
        string height = Number(layout.Height + 2 * Margin);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{-Margin} {-Margin} {width} {height}\">\n"
        );
        svg.Append(CultureInfo.InvariantCulture, $"<style>\n{Style}\n</style>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"paper\" x=\"{-Margin}\" y=\"{-Margin}\" width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
        );
        // Draw implied edges first, so that the other edges and the nodes cover them.
        foreach (
            int i in Enumerable
                .Range(0, view.Edges.Count)
                .OrderBy(i => !implied[i])
                .ThenBy(i => IsFailure(view.Edges[i]))
        )
        {
            AppendEdge(svg, view.Edges[i], layout.Routes[i], implied[i], layout.IsDownward);
        }
        for (int i = 0; i < view.Nodes.Count; i++)
        {
            AppendNode(svg, i, view.Nodes[i], layout.Boxes[i], failed.Contains(i));
        }
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Finds the edges that bring packages in and are implied by others.</summary>
    private static bool[] Implied(GraphView view)
    {
        int[] pulls =
        [
            .. Enumerable
                .Range(0, view.Edges.Count)
                .Where(i => view.Edges[i] is { IsPull: true, Kind: GraphEdgeKind.Dependency }),
        ];
        bool[] ofPulls = ImpliedEdges.Of(
            view.Nodes.Count,
            [.. pulls.Select(i => (view.Edges[i].Source, view.Edges[i].Target))]
        );
        var implied = new bool[view.Edges.Count];
        for (int i = 0; i < pulls.Length; i++)
        {
            implied[pulls[i]] = ofPulls[i];
        }
        return implied;
    }

    private static bool IsFailure(ViewEdge edge) => edge.Kind is GraphEdgeKind.Conflict or GraphEdgeKind.Cycle;

    private static void AppendNode(StringBuilder svg, int id, ViewNode node, LayoutBox box, bool isFailed)
    {
        string kind = node.Kind.ToString().ToLowerInvariant() + (isFailed ? " failed" : "");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<g class=\"node {kind}\" data-id=\"{id}\"><rect x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" rx=\"5\"/>"
                + $"<text x=\"{Number(box.Left + TextPadding)}\" y=\"{Number(box.Middle + 4)}\">{PageTemplate.Html(node.Label)}</text></g>\n"
        );
    }

    private static void AppendEdge(
        StringBuilder svg,
        ViewEdge edge,
        IReadOnlyList<LayoutPoint> route,
        bool isImplied,
        bool isDownward
    )
    {
        string kind =
            edge.Kind.ToString().ToLowerInvariant() + (isImplied ? " implied" : "") + (edge.IsPull ? "" : " weak");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<g class=\"edge {kind}\" data-source=\"{edge.Source}\" data-target=\"{edge.Target}\"><path d=\"{PathOf(route, isDownward)}\"/>"
        );
        if (edge.Label.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<title>{PageTemplate.Html(edge.Label)}</title>");
        }
        if (edge.Label.Length > 0 && edge.Kind != GraphEdgeKind.Dependency)
        {
            LayoutPoint middle = new((route[0].X + route[1].X) / 2, (route[0].Y + route[1].Y) / 2);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Number(middle.X)}\" y=\"{Number(middle.Y - 4)}\" text-anchor=\"middle\">{PageTemplate.Html(edge.Label)}</text>"
            );
        }
        svg.Append("</g>\n");
    }

    private static string PathOf(IReadOnlyList<LayoutPoint> route, bool isDownward)
    {
        var path = new StringBuilder("M");
        AppendPoint(path, route[0].X, route[0].Y);
        for (int i = 1; i < route.Count; i++)
        {
            LayoutPoint to = route[i];
            if (i % 2 == 0)
            {
                path.Append('L');
            }
            else
            {
                // Curves leave and arrive horizontally, or vertically if the drawing runs downwards. A curve between
                // nodes of one column bulges to the column's far side.
                LayoutPoint from = route[i - 1];
                (double start, double end) = isDownward ? (from.Y, to.Y) : (from.X, to.X);
                bool isInColumn = Math.Abs(end - start) < 1;
                double leaving = isInColumn ? start + 40 : (start + end) / 2;
                double arriving = isInColumn ? end + 40 : leaving;
                path.Append('C');
                AppendPoint(path, isDownward ? from.X : leaving, isDownward ? leaving : from.Y);
                path.Append(' ');
                AppendPoint(path, isDownward ? to.X : arriving, isDownward ? arriving : to.Y);
                path.Append(' ');
            }
            AppendPoint(path, to.X, to.Y);
        }
        return path.ToString();
    }

    private static void AppendPoint(StringBuilder path, double x, double y) =>
        path.Append(Number(x)).Append(' ').Append(Number(y));

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
