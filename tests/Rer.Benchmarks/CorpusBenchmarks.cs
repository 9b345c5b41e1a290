namespace Rer.Benchmarks;

/// <summary>rez's 188 requests and the studio's: all of them in steady state, and the compilation of their packages.</summary>
[MemoryDiagnoser]
public class CorpusBenchmarks
{
    private Workload _workload = null!;

    /// <summary>What is solved.</summary>
    [ParamsSource(nameof(Workloads))]
    public string Workload { get; set; } = "";

    /// <summary>What can be solved here.</summary>
    public static IEnumerable<string> Workloads => Corpus.Available;

    [GlobalSetup]
    public void Setup() => _workload = Corpus.Open(Workload).Checked();

    /// <summary>Every request once, in a process that has solved them before.</summary>
    [Benchmark]
    public int Steady() => _workload.SolveAll();

    /// <summary>The whole repository, from definitions that are parsed and in memory.</summary>
    [Benchmark]
    public object Compile() => CompiledRepository.Compile(_workload.Source);
}
