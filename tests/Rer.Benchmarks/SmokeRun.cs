using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Running;

namespace Rer.Benchmarks;

/// <summary>
/// Runs every benchmark once, in this process, with its checks. This tests whether they work, not how long they take.
/// </summary>
internal static class SmokeRun
{
    /// <summary>Larger repositories would take too long for a test.</summary>
    private const int LargestFactor = 1;

    /// <summary>Runs them all, and prints a line for each.</summary>
    /// <returns>The exit code: 1 if an answer is wrong.</returns>
    internal static int Run()
    {
        int failed = 0;
        int count = 0;
        foreach (BenchmarkCase benchmark in BenchmarkRunInfos.SelectMany(info => info.BenchmarksCases))
        {
            if (benchmark.Parameters["Factor"] is > LargestFactor)
            {
                continue;
            }

            count++;
            failed += RunOnce(benchmark) ? 0 : 1;
        }

        Console.WriteLine($"{count} benchmarks, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static IEnumerable<BenchmarkRunInfo> BenchmarkRunInfos =>
        Assembly
            .GetExecutingAssembly()
            .GetTypes()
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(BenchmarkAttribute))))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => BenchmarkConverter.TypeToBenchmarks(type));

    private static bool RunOnce(BenchmarkCase benchmark)
    {
        string name =
            $"{benchmark.Descriptor.Type.Name}.{benchmark.Descriptor.WorkloadMethod.Name} {benchmark.Parameters.DisplayInfo}";
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            object instance = Activator.CreateInstance(benchmark.Descriptor.Type)!;
            foreach (var parameter in benchmark.Parameters.Items)
            {
                benchmark.Descriptor.Type.GetProperty(parameter.Name)!.SetValue(instance, parameter.Value);
            }

            benchmark.Descriptor.GlobalSetupMethod?.Invoke(instance, null);
            benchmark.Descriptor.WorkloadMethod.Invoke(instance, null);
            benchmark.Descriptor.GlobalCleanupMethod?.Invoke(instance, null);
        }
        catch (TargetInvocationException e) when (e.InnerException is InvalidOperationException or PackageDataException)
        {
            Console.WriteLine($"FAILED {name}: {e.InnerException.Message}");
            return false;
        }

        Console.WriteLine($"{name} {watch.ElapsedMilliseconds} ms with setup");
        return true;
    }
}
