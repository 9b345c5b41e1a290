using System.Globalization;
using Rer.Cli.Benchmarking;

namespace Rer.Cli.Rendering;

/// <summary>Shows the times of all stages as a table.</summary>
internal static class WayText
{
    /// <summary>The table, starting with its heading: medians over the requests, and of their ratios.</summary>
    public static string[][] RowsOf(IReadOnlyList<Stage> stages, IReadOnlyList<Stage> rezStages)
    {
        string[] heading =
        [
            "way",
            "requests",
            "median, ms",
            "p95, ms",
            "max, ms",
            "process, ms",
            "listing, ms",
            "loading, ms",
            "solving, ms",
            .. rezStages.Select(rez => $"times '{rez.Name}'"),
        ];
        return
        [
            heading,
            .. rezStages
                .Concat(stages)
                .Select(stage => RowOf(stage, stages.Contains(stage) ? rezStages : [], rezStages.Count)),
        ];
    }

    private static string[] RowOf(Stage stage, IReadOnlyList<Stage> compared, int columns)
    {
        double[] totals = stage.Totals;
        IEnumerable<string> parts = PartsOf(stage).Select(part => BenchText.Number(part.Median));
        return
        [
            stage.Name,
            totals.Length.ToString(CultureInfo.InvariantCulture),
            BenchText.Number(Quantiles.Of(totals, 0.5)),
            BenchText.Number(Quantiles.Of(totals, 0.95)),
            BenchText.Number(totals.DefaultIfEmpty(0).Max()),
            .. parts,
            .. Enumerable
                .Range(0, columns)
                .Select(i => i < compared.Count ? BenchText.Number(stage.TimesFasterThan(compared[i])) : ""),
        ];
    }

    /// <summary>The parts of a stage's times, by name, with the median of each in milliseconds.</summary>
    public static IReadOnlyList<(string Name, double Median)> PartsOf(Stage stage) =>
        [
            ("process", stage.Median(times => times.Process)),
            ("listing", stage.Median(times => times.Listing)),
            ("loading", stage.Median(times => times.Loading)),
            ("solving", stage.Median(times => times.Solving)),
        ];
}
