using System.Globalization;
using System.Text;
using Rer.Cli.Benchmarking;
using Rer.Insights.Pages;

namespace Rer.Cli.Rendering;

/// <summary>Shows times as a self-contained page with plots.</summary>
internal static class BenchHtml
{
    private const int Width = 480;
    private const int BarHeight = 22;
    private const int LabelWidth = 150;

    /// <summary>Creates the page.</summary>
    /// <param name="rows">The table shown on the terminal, starting with its heading.</param>
    /// <param name="series">The times of each engine or stage, request by request, in milliseconds.</param>
    /// <param name="stages">Stages whose times have parts; empty if there are none.</param>
    /// <param name="provenance">What was timed, when, and on which machine.</param>
    public static string Write(
        string[][] rows,
        IReadOnlyList<(string Name, double[] Times)> series,
        IReadOnlyList<Stage> stages,
        string provenance
    ) =>
        PageTemplate.Fill(
            EmbeddedText.Read("bench.html", typeof(BenchHtml).Assembly),
            new Dictionary<string, string>
            {
                ["table"] = TableOf(rows),
                ["parts"] = stages.Count == 0 ? "" : PartsOf(stages),
                ["histograms"] = string.Concat(series.Select(HistogramOf)),
                ["provenance"] = PageTemplate.Html(provenance),
            }
        );

    private static string TableOf(string[][] rows)
    {
        var html = new StringBuilder("<table>\n");
        for (int i = 0; i < rows.Length; i++)
        {
            string tag = i == 0 ? "th" : "td";
            IEnumerable<string> cells = rows[i].Select(cell => $"<{tag}>{PageTemplate.Html(cell)}</{tag}>");
            html.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(cells)}</tr>\n");
        }
        return html.Append("</table>").ToString();
    }

    /// <summary>A bar for each stage's median request, divided into the parts of its time.</summary>
    private static string PartsOf(IReadOnlyList<Stage> stages)
    {
        double longest = stages.Max(stage => WayText.PartsOf(stage).Sum(part => part.Median));
        double scale = (Width - LabelWidth - 60) / Math.Max(longest, 1e-6);
        var svg = new StringBuilder();
        for (int i = 0; i < stages.Count; i++)
        {
            double x = LabelWidth;
            int y = i * (BarHeight + 8);
            svg.Append(Text(LabelWidth - 8, y + 16, "end", stages[i].Name));
            foreach ((string name, double median) in WayText.PartsOf(stages[i]))
            {
                string title = $"{name}: {BenchText.Number(median)} ms";
                svg.Append(Rectangle(name, x, y, median * scale, BarHeight, title));
                x += median * scale;
            }
            svg.Append(Text(x + 6, y + 16, "start", $"{BenchText.Number((x - LabelWidth) / scale)} ms"));
        }
        string[] names = [.. WayText.PartsOf(stages[0]).Select(part => part.Name)];
        int legend = stages.Count * (BarHeight + 8) + 8;
        for (int i = 0; i < names.Length; i++)
        {
            svg.Append(Rectangle(names[i], LabelWidth + i * 80, legend, 12, 12, names[i]));
            svg.Append(Text(LabelWidth + i * 80 + 16, legend + 11, "start", names[i]));
        }
        return "<h2>Where the median request's time goes</h2>\n" + Svg(legend + 20, "parts of the times", svg);
    }

    private static string HistogramOf((string Name, double[] Times) series)
    {
        if (series.Times.Length == 0)
        {
            return "";
        }
        const int Height = 160;
        var histogram = Histogram.Of(series.Times);
        int most = histogram.Counts.Max();
        double step = (double)Width / histogram.Counts.Length;
        var svg = new StringBuilder(Text(0, 14, "start", series.Name));
        for (int i = 0; i < histogram.Counts.Length; i++)
        {
            double height = (double)histogram.Counts[i] / most * (Height - 60);
            string range =
                $"{histogram.Counts[i]} of {BenchText.Number(histogram.StartOf(i))} to "
                + $"{BenchText.Number(histogram.StartOf(i + 1))} ms";
            svg.Append(Rectangle("bar", i * step + 2, Height - 24 - height, step - 4, height, range));
            if (histogram.Counts[i] > 0)
            {
                svg.Append(
                    Text(
                        (i + 0.5) * step,
                        Height - 28 - height,
                        "middle",
                        histogram.Counts[i].ToString(CultureInfo.InvariantCulture)
                    )
                );
            }
            // The labels of more than eight buckets would overlap.
            if (i % (1 + (histogram.Counts.Length / 8)) == 0)
            {
                svg.Append(Text(i * step + 2, Height - 6, "start", $"{BenchText.Number(histogram.StartOf(i))} ms"));
            }
        }
        return Svg(Height, series.Name, svg);
    }

    private static string Svg(int height, string label, StringBuilder content) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{PageTemplate.Html(label)}\">{content}</svg>\n"
        );

    private static string Rectangle(string style, double x, double y, double width, double height, string title) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<rect class=\"{style}\" x=\"{x:F1}\" y=\"{y:F1}\" width=\"{width:F1}\" height=\"{height:F1}\"><title>{PageTemplate.Html(title)}</title></rect>"
        );

    private static string Text(double x, double y, string anchor, string text) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\">{PageTemplate.Html(text)}</text>"
        );
}
