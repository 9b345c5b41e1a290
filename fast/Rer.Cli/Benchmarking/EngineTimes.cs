using Rer.Books;

namespace Rer.Cli.Benchmarking;

/// <summary>What an engine answered to a workload, and how long it took.</summary>
/// <param name="Name">The engine: <c>rez</c>, <c>reference</c> or <c>fast</c>.</param>
/// <param name="Answers">Its answer to each case.</param>
/// <param name="Passes">The milliseconds that each case took, pass by pass; the first pass is the first of the
/// process.</param>
/// <param name="AllocatedBytesPerSolve">What a solve allocates once warm; null if it was not measured.</param>
internal sealed record EngineTimes(
    string Name,
    IReadOnlyList<Case> Answers,
    IReadOnlyList<double[]> Passes,
    long? AllocatedBytesPerSolve
)
{
    /// <summary>The best of each case over all passes.</summary>
    public double[] Best { get; } = [.. Enumerable.Range(0, Answers.Count).Select(i => Passes.Min(pass => pass[i]))];

    /// <summary>The first pass: what a short run pays.</summary>
    public double FirstPassTotal => Passes[0].Sum();

    /// <summary>The sum of each case's best.</summary>
    public double BestTotal => Best.Sum();

    /// <summary>The median of the passes after the first, or the first if it is alone.</summary>
    public double MedianTotal => Quantiles.Of([.. SteadyTotals], 0.5);

    /// <summary>The mean of the cases, each at its best.</summary>
    public double Mean => Best.DefaultIfEmpty(0).Average();

    /// <summary>The median of the cases, each at its best.</summary>
    public double Median => Quantiles.Of(Best, 0.5);

    /// <summary>What 95 % of the cases, each at its best, do not exceed.</summary>
    public double P95 => Quantiles.Of(Best, 0.95);

    /// <summary>The hardest case, at its best.</summary>
    public double Max => Best.DefaultIfEmpty(0).Max();

    /// <summary>How many times faster than another engine it is.</summary>
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
/// <param name="Total">By the sums of each case's best.</param>
/// <param name="Low">By this one's slowest pass and the other's quickest.</param>
/// <param name="High">By this one's bests and the other's slowest pass.</param>
/// <param name="MedianCase">The median of the cases' own ratios.</param>
internal sealed record SpeedRatio(double Total, double Low, double High, double MedianCase);
