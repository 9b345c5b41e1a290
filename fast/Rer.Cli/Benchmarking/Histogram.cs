namespace Rer.Cli.Benchmarking;

/// <summary>The distribution of times over buckets, each twice as wide as the one before.</summary>
/// <param name="First">The start of the first bucket, as an exponent of two in milliseconds.</param>
/// <param name="Counts">The number of times in each bucket.</param>
internal sealed record Histogram(int First, int[] Counts)
{
    /// <summary>Counts times. There must be at least one.</summary>
    public static Histogram Of(double[] milliseconds)
    {
        int first = BucketOf(milliseconds.Min());
        var counts = new int[BucketOf(milliseconds.Max()) - first + 1];
        foreach (double time in milliseconds)
        {
            counts[BucketOf(time) - first]++;
        }
        return new Histogram(first, counts);
    }

    /// <summary>Where a bucket starts, in milliseconds.</summary>
    public double StartOf(int bucket) => Math.Pow(2, First + bucket);

    private static int BucketOf(double milliseconds) => (int)Math.Floor(Math.Log2(Math.Max(milliseconds, 1e-6)));
}
