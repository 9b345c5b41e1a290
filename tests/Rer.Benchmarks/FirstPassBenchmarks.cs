using BenchmarkDotNet.Engines;

namespace Rer.Benchmarks;

/// <summary>
/// Solves every request once, in a process that has not solved anything yet, like a command that runs once. The answers
/// are checked afterwards, because checking them means solving. The packages are compiled beforehand.
/// </summary>
[SimpleJob(RunStrategy.ColdStart, launchCount: 5, warmupCount: 0, iterationCount: 1, invocationCount: 1)]
public class FirstPassBenchmarks
{
    private Workload _workload = null!;

    /// <summary>The workload to solve.</summary>
    [ParamsSource(nameof(Workloads))]
    public string Workload { get; set; } = "";

    /// <summary>The workloads available on this machine.</summary>
    public static IEnumerable<string> Workloads => Corpus.Available;

    [GlobalSetup]
    public void Setup() => _workload = Corpus.Open(Workload);

    [GlobalCleanup]
    public void Check() => _workload.Checked();

    [Benchmark]
    public int FirstPass() => _workload.SolveAll();
}
