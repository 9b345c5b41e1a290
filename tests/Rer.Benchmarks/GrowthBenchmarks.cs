namespace Rer.Benchmarks;

/// <summary>How the cost of a solve grows with what the repository holds: 16 requests.</summary>
[MemoryDiagnoser]
public class GrowthBenchmarks
{
    private Workload _workload = null!;

    /// <summary>What there is more of.</summary>
    [ParamsAllValues]
    public Growth Growth { get; set; }

    /// <summary>How many times as much.</summary>
    [Params(1, 10, 100)]
    public int Factor { get; set; }

    [GlobalSetup]
    public void Setup() => _workload = GeneratedWorkload.Make(Growth, Factor);

    [Benchmark]
    public int Solve() => _workload.SolveAll();
}
