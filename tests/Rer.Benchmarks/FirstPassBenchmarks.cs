using BenchmarkDotNet.Engines;

namespace Rer.Benchmarks;

/// <summary>
/// Every request once, in a process that has not solved anything: what a command that runs once pays. The answers are
/// checked afterwards, for checking is solving. The packages are compiled before.
/// </summary>
[SimpleJob(RunStrategy.ColdStart, launchCount: 5, warmupCount: 0, iterationCount: 1, invocationCount: 1)]
public class FirstPassBenchmarks
{
    private Workload _workload = null!;

    /// <summary>What is solved.</summary>
    [ParamsSource(nameof(Workloads))]
    public string Workload { get; set; } = "";

    /// <summary>What can be solved here.</summary>
    public static IEnumerable<string> Workloads => Corpus.Available;

    [GlobalSetup]
    public void Setup() => _workload = Corpus.Open(Workload);

    [GlobalCleanup]
    public void Check() => _workload.Checked();

    [Benchmark]
    public int FirstPass() => _workload.SolveAll();
}
