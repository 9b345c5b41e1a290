using System.Globalization;
using Rer.Cli.Benchmarking;

namespace Rer.Cli.Rendering;

/// <summary>Times as a table that can be pasted into a Markdown file, and as histograms.</summary>
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

    /// <summary>Writes the table.</summary>
    public static void WriteTable(IReadOnlyList<EngineTimes> engines, Terminal terminal)
    {
        EngineTimes? rez = engines.FirstOrDefault(engine => engine.Name == Workload.Rez);
        string[][] rows = [s_columns, .. engines.Select(engine => RowOf(engine, rez))];
        int[] widths = [.. s_columns.Select((_, column) => rows.Max(row => row[column].Length))];
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

    /// <summary>Names to the left, numbers to the right.</summary>
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

    /// <summary>Writes how the cases of an engine are spread, in buckets of which each is twice the one before.</summary>
    public static void WriteHistogram(EngineTimes engine, Terminal terminal)
    {
        if (engine.Best.Length == 0)
            return;
        terminal.WriteLine("");
        terminal.WriteLine($"{engine.Name}: cases by time, each at its best", Styles.Heading);
        int first = BucketOf(engine.Best.Min());
        ILookup<int, double> buckets = engine.Best.ToLookup(BucketOf);
        int most = buckets.Max(bucket => bucket.Count());
        for (int i = first; i <= BucketOf(engine.Best.Max()); i++)
        {
            int count = buckets[i].Count();
            string bar = new('█', (int)Math.Ceiling((double)count * BarWidth / most));
            terminal.WriteLine($"  {Number(Math.Pow(2, i)), 9} ms  {bar} {(count == 0 ? "" : count)}".TrimEnd());
        }
    }

    /// <summary>The exponent of two below a time.</summary>
    private static int BucketOf(double milliseconds) => (int)Math.Floor(Math.Log2(Math.Max(milliseconds, 1e-6)));

    private static string Describe(SpeedRatio ratio) =>
        $"{Number(ratio.Total)} ({Number(ratio.Low)} to {Number(ratio.High)})";

    /// <summary>Three significant digits, without an exponent.</summary>
    private static string Number(double value) =>
        value == 0 ? "0"
        : value >= 100 ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString($"F{Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 6)}", CultureInfo.InvariantCulture);
}
