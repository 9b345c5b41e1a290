using System.Diagnostics;
using System.Globalization;

namespace Rer.Benchmarks;

/// <summary>
/// Measures how the time of a solve grows if the repository is ten times larger, and compares it with the engine's
/// goals. With ten times as many families, of which a request reaches the same number, a solve takes less than 20 %
/// longer. With ten times as many versions in each family, it takes less than five times as long, whether or not each
/// version has its own ranges.
/// </summary>
internal static class GrowthGoals
{
    private const int Factor = 10;
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(4);

    /// <summary>Measures and prints.</summary>
    /// <returns>The exit code: 1 if a goal is missed.</returns>
    internal static int Check()
    {
        Workload small = GeneratedWorkload.Make(Growth.Families, 1);
        bool isMet = true;
        foreach (Growth growth in Enum.GetValues<Growth>())
        {
            double ratio = Compare(small, GeneratedWorkload.Make(growth, Factor), out double before, out double after);
            double? limit = growth switch
            {
                Growth.Families => 1.2,
                Growth.Versions or Growth.Ranges => 5,
                _ => null,
            };
            isMet &= !(ratio >= limit);
            string goal =
                limit is null ? "no goal"
                : ratio < limit ? $"goal < {Number(limit.Value)}: met"
                : $"goal < {Number(limit.Value)}: MISSED";
            Console.WriteLine(
                $"{growth} x{Factor}: {Number(before)} -> {Number(after)} us a solve, x{Number(ratio)} ({goal})"
            );
        }

        return isMet ? 0 : 1;
    }

    /// <summary>
    /// The best pass of each. The passes alternate, so that other load on the machine affects both. It affects the best
    /// passes least.
    /// </summary>
    private static double Compare(Workload small, Workload large, out double before, out double after)
    {
        before = double.MaxValue;
        after = double.MaxValue;
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < s_duration)
        {
            before = Math.Min(before, Time(small));
            after = Math.Min(after, Time(large));
        }

        return after / before;
    }

    /// <summary>The time of a solve in microseconds: the mean of one pass.</summary>
    private static double Time(Workload workload)
    {
        long begun = Stopwatch.GetTimestamp();
        workload.SolveAll();
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / workload.Cases.Count;
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
