using System.Diagnostics;
using System.Globalization;
using Rer.Solving;

namespace Rer.Benchmarks;

/// <summary>
/// Measures how much an optimisation of the engine gains if families have thousands of versions: the best pass with it
/// and the best pass without it, in turns. <c>rer bench --without</c> measures it on families with few versions.
/// </summary>
internal static class WideFamilies
{
    private const int Factor = 100;
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(10);

    /// <summary>Measures and prints.</summary>
    /// <param name="optimisation">The optimisation by the name of its switch.</param>
    /// <returns>The exit code: 2 if there is no such optimisation.</returns>
    internal static int Compare(string optimisation)
    {
        if (!EngineSwitches.WithoutOne.TryGetValue(optimisation, out EngineSwitches? without))
        {
            Console.Error.WriteLine(
                $"no optimisation is called '{optimisation}'; there are {string.Join(", ", EngineSwitches.WithoutOne.Keys)}"
            );
            return 2;
        }

        foreach (Growth growth in new[] { Growth.Versions, Growth.Ranges })
        {
            Workload workload = GeneratedWorkload.Make(growth, Factor);
            foreach (bool atOnce in new[] { true, false })
            {
                Func<IPackageRepository> compile = atOnce
                    ? () => CompiledRepository.Compile(workload.Source)
                    : () => new CompiledRepository(workload.Source);
                (double on, double off) = Time(workload, compile, without);
                Console.WriteLine(
                    $"{growth} x{Factor}, compiled {(atOnce ? "at once" : "as reached")}: {Number(on)} us a solve, "
                        + $"{Number(off)} without {optimisation}, x{Number(off / on)}"
                );
            }
        }

        return 0;
    }

    private static (double On, double Off) Time(
        Workload workload,
        Func<IPackageRepository> compile,
        EngineSwitches without
    )
    {
        (FastResolver Engine, IPackageRepository Packages)[] engines =
        [
            (new FastResolver(EngineSwitches.AllOn), compile()),
            (new FastResolver(without), compile()),
        ];
        double[] best = [double.MaxValue, double.MaxValue];
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < s_duration)
        {
            for (int i = 0; i < engines.Length; i++)
            {
                long begun = Stopwatch.GetTimestamp();
                workload.SolveAll(engines[i].Packages, engines[i].Engine);
                double time = Stopwatch.GetElapsedTime(begun).TotalMicroseconds / workload.Cases.Count;
                best[i] = Math.Min(best[i], time);
            }
        }

        return (best[0], best[1]);
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
