using System.Diagnostics;
using System.Globalization;

namespace Rer.Benchmarks;

/// <summary>
/// Measures the cost of orderers. With a custom orderer, a solve should take at most a tenth longer than without. On
/// 2026-11-29, it took 1.09 times as long. The limit leaves room for a machine that is not quiet.
/// </summary>
internal static class OrdererGoals
{
    private const double Most = 1.25;
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(10);

    /// <summary>Measures and prints.</summary>
    /// <returns>The exit code: 1 if the limit is exceeded.</returns>
    internal static int Check()
    {
        OrdererBenchmarks benchmarks = new() { Workload = Corpus.Available.First() };
        benchmarks.Setup();
        Func<int>[] ways = [benchmarks.Without, benchmarks.Custom, benchmarks.VersionSplit];
        double[] best = [.. ways.Select(_ => double.MaxValue)];
        // In turns, so that other load on the machine affects all of them. It hardly affects the best of many passes.
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < s_duration)
        {
            for (int i = 0; i < ways.Length; i++)
            {
                long begun = Stopwatch.GetTimestamp();
                _ = ways[i]();
                best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        for (int i = 0; i < ways.Length; i++)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{benchmarks.Workload} {ways[i].Method.Name}: {best[i]:0.00} ms, x{best[i] / best[0]:0.000}"
                )
            );
        }

        return best[1] / best[0] <= Most ? 0 : 1;
    }
}
