using System.Globalization;
using Rer.Cli.Benchmarking;

namespace Rer.Cli.Rendering;

/// <summary>Shows times as a table that can be pasted into a Markdown file, and as histograms.</summary>
internal static class BenchText
{
    private const int BarWidth = 50;

    private static readonly string[] s_columns =
    [
        "engine",
        "cases",
        "first pass, ms",
        "best, ms",
        "median pass, ms",
        "mean, ms",
        "median, ms",
        "p95, ms",
        "max, ms",
        "bytes/solve",
        "times rez",
    ];

    /// <summary>The table of engines, starting with its heading.</summary>
    public static string[][] RowsOf(IReadOnlyList<EngineTimes> engines)
    {
        EngineTimes? rez = engines.FirstOrDefault(engine => engine.Name == Workload.Rez);
        return [s_columns, .. engines.Select(engine => RowOf(engine, rez))];
    }

    /// <summary>Writes rows. The first is the heading, and the first column contains names.</summary>
    public static void WriteTable(string[][] rows, Terminal terminal)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        for (int i = 0; i < rows.Length; i++)
        {
            IEnumerable<string> cells = rows[i].Select((cell, column) => Align(cell, column, widths[column]));
            terminal.WriteLine(
                $"| {string.Join(" | ", cells)} |",
                i == 0 ? Styles.Heading : (Spectre.Console.Style?)null
            );
            if (i == 0)
            {
                IEnumerable<string> rules = widths.Select(
                    (width, column) => Align(":", column, width).Replace(' ', '-')
                );
                terminal.WriteLine($"| {string.Join(" | ", rules)} |");
            }
        }
    }

    /// <summary>Aligns names to the left and numbers to the right.</summary>
    private static string Align(string cell, int column, int width) =>
        column == 0 ? cell.PadRight(width) : cell.PadLeft(width);

    private static string[] RowOf(EngineTimes engine, EngineTimes? rez) =>
        [
            engine.Name,
            engine.Answers.Count.ToString(CultureInfo.InvariantCulture),
            Number(engine.FirstPassTotal),
            Number(engine.BestTotal),
            Number(engine.MedianTotal),
            Number(engine.Mean),
            Number(engine.Median),
            Number(engine.P95),
            Number(engine.Max),
            engine.AllocatedBytesPerSolve?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
            rez is null ? "" : Describe(engine.RatioTo(rez)),
        ];

    /// <summary>Writes how many times longer a workload takes without an optimisation.</summary>
    /// <param name="name">The switch that turns it off.</param>
    /// <param name="with">With all optimisations.</param>
    /// <param name="without">With all but this one.</param>
    /// <param name="terminal">Where to write.</param>
    public static void WriteWorth(string name, EngineTimes with, EngineTimes without, Terminal terminal) =>
        terminal.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: steady ×{without.BestTotal / with.BestTotal:F2}, first pass ×{without.FirstPassTotal / with.FirstPassTotal:F2}"
            )
        );

    /// <summary>Writes a histogram of times, with buckets that are each twice as wide as the one before.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="times">The times, in milliseconds.</param>
    /// <param name="terminal">Where to write.</param>
    public static void WriteHistogram(string title, double[] times, Terminal terminal)
    {
        if (times.Length == 0)
        {
            return;
        }
        terminal.WriteLine("");
        terminal.WriteLine(title, Styles.Heading);
        var histogram = Histogram.Of(times);
        for (int i = 0; i < histogram.Counts.Length; i++)
        {
            int count = histogram.Counts[i];
            string bar = new('█', (int)Math.Ceiling((double)count * BarWidth / histogram.Counts.Max()));
            terminal.WriteLine($"  {Number(histogram.StartOf(i)), 9} ms  {bar} {(count == 0 ? "" : count)}".TrimEnd());
        }
    }

    private static string Describe(SpeedRatio ratio) =>
        $"{Number(ratio.Total)} ({Number(ratio.Low)} to {Number(ratio.High)})";

    /// <summary>Three significant digits, without an exponent.</summary>
    public static string Number(double value) =>
        value == 0 ? "0"
        : value >= 100 ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString($"F{Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 6)}", CultureInfo.InvariantCulture);
}
