namespace Rer.Benchmarks;

/// <summary>How the cost of 16 requests grows with the size of the repository.</summary>
[MemoryDiagnoser]
public class GrowthBenchmarks
{
    private Workload _workload = null!;

    /// <summary>What grows.</summary>
    [ParamsAllValues]
    public Growth Growth { get; set; }

    /// <summary>The factor by which it grows.</summary>
    [Params(1, 10, 100)]
    public int Factor { get; set; }

    [GlobalSetup]
    public void Setup() => _workload = GeneratedWorkload.Make(Growth, Factor);

    [Benchmark]
    public int Solve() => _workload.SolveAll();
}
