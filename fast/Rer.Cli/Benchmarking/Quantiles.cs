namespace Rer.Cli.Benchmarking;

/// <summary>Where values lie.</summary>
internal static class Quantiles
{
    /// <summary>The value at a place of the sorted values, between two neighbours where it falls between them.</summary>
    /// <param name="values">The values; of none the quantile is 0.</param>
    /// <param name="place">From 0, the least, to 1, the greatest.</param>
    public static double Of(double[] values, double place)
    {
        if (values.Length == 0)
            return 0;
        double[] sorted = [.. values.Order()];
        double position = place * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
    }
}
