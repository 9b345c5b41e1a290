namespace Rer.Cli.Benchmarking;

/// <summary>How times are spread over buckets of which each is twice as wide as the one before.</summary>
/// <param name="First">The exponent of two, in milliseconds, at which the first bucket starts.</param>
/// <param name="Counts">How many times are in each bucket.</param>
internal sealed record Histogram(int First, int[] Counts)
{
    /// <summary>Counts times; there must be some.</summary>
    public static Histogram Of(double[] milliseconds)
    {
        int first = BucketOf(milliseconds.Min());
        var counts = new int[BucketOf(milliseconds.Max()) - first + 1];
        foreach (double time in milliseconds)
            counts[BucketOf(time) - first]++;
        return new Histogram(first, counts);
    }

    /// <summary>Where a bucket starts, in milliseconds.</summary>
    public double StartOf(int bucket) => Math.Pow(2, First + bucket);

    private static int BucketOf(double milliseconds) => (int)Math.Floor(Math.Log2(Math.Max(milliseconds, 1e-6)));
}
