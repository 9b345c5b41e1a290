using System.Globalization;
using Rer.Cli.Benchmarking;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Times as a table that can be pasted into a Markdown file, and as histograms.</summary>
internal static class BenchText
{
    private const int BarWidth = 50;

    /// <summary>Writes the table.</summary>
    public static void WriteTable(IReadOnlyList<EngineTimes> engines, Terminal terminal)
    {
        EngineTimes? rez = engines.FirstOrDefault(engine => engine.Name == Workload.Rez);
        Table table = new Table().Border(TableBorder.Markdown);
        table.AddColumns(
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
            "times rez"
        );
        foreach (TableColumn column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (EngineTimes engine in engines)
        {
            table.AddRow(
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
                rez is null ? "" : Describe(engine.RatioTo(rez))
            );
        }
        terminal.Write(table);
    }

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
