namespace Rer.Cli.Benchmarking;

/// <summary>Computes quantiles.</summary>
internal static class Quantiles
{
    /// <summary>The quantile of some values, interpolated between two neighbours.</summary>
    /// <param name="values">The values. If there are none, the result is 0.</param>
    /// <param name="place">From 0, the minimum, to 1, the maximum.</param>
    public static double Of(double[] values, double place)
    {
        if (values.Length == 0)
        {
            return 0;
        }
        double[] sorted = [.. values.Order()];
        double position = place * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
    }
}
