using Rer.Books;

namespace Rer.Cli.Benchmarking;

/// <summary>An engine's answers to a workload, and its times.</summary>
/// <param name="Name">The engine: <c>rez</c>, <c>reference</c> or <c>fast</c>.</param>
/// <param name="Answers">Its answer to each case.</param>
/// <param name="Passes">The milliseconds of each case, pass by pass. The first pass is the first in the
/// process.</param>
/// <param name="AllocatedBytesPerSolve">The bytes that a solve allocates once warm; null if not measured.</param>
internal sealed record EngineTimes(
    string Name,
    IReadOnlyList<Case> Answers,
    IReadOnlyList<double[]> Passes,
    long? AllocatedBytesPerSolve
)
{
    /// <summary>The best time of each case over all passes.</summary>
    public double[] Best { get; } = [.. Enumerable.Range(0, Answers.Count).Select(i => Passes.Min(pass => pass[i]))];

    /// <summary>The total of the first pass: the cost of a short run.</summary>
    public double FirstPassTotal => Passes[0].Sum();

    /// <summary>The total of each case's best time.</summary>
    public double BestTotal => Best.Sum();

    /// <summary>The median total of the passes after the first, or of the first if there is no other.</summary>
    public double MedianTotal => Quantiles.Of([.. SteadyTotals], 0.5);

    /// <summary>The mean of the cases' best times.</summary>
    public double Mean => Best.DefaultIfEmpty(0).Average();

    /// <summary>The median of the cases' best times.</summary>
    public double Median => Quantiles.Of(Best, 0.5);

    /// <summary>The 95th percentile of the cases' best times.</summary>
    public double P95 => Quantiles.Of(Best, 0.95);

    /// <summary>The greatest of the cases' best times.</summary>
    public double Max => Best.DefaultIfEmpty(0).Max();

    /// <summary>The same with another first pass.</summary>
    public EngineTimes WithFirstPass(double[] firstPass) =>
        new(Name, Answers, [firstPass, .. Passes.Skip(1)], AllocatedBytesPerSolve);

    /// <summary>How many times faster it is than another engine.</summary>
    public SpeedRatio RatioTo(EngineTimes other) =>
        new(
            other.BestTotal / BestTotal,
            other.SteadyTotals.Min() / SteadyTotals.Max(),
            other.SteadyTotals.Max() / BestTotal,
            Quantiles.Of([.. other.Best.Select((time, i) => time / Best[i])], 0.5)
        );

    private IEnumerable<double> SteadyTotals => (Passes.Count > 1 ? Passes.Skip(1) : Passes).Select(pass => pass.Sum());
}

/// <summary>How many times faster one engine is than another.</summary>
/// <param name="Total">By the totals of the cases' best times.</param>
/// <param name="Low">By this engine's slowest pass and the other's fastest.</param>
/// <param name="High">By this engine's best times and the other's slowest pass.</param>
/// <param name="MedianCase">The median of the ratios of single cases.</param>
internal sealed record SpeedRatio(double Total, double Low, double High, double MedianCase);
