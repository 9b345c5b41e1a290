namespace Rer.Benchmarks;

/// <summary>
/// rez's 188 requests and the studio's: solving all of them in a steady state, and compiling their packages.
/// </summary>
[MemoryDiagnoser]
public class CorpusBenchmarks
{
    private Workload _workload = null!;

    /// <summary>The workload to solve.</summary>
    [ParamsSource(nameof(Workloads))]
    public string Workload { get; set; } = "";

    /// <summary>The workloads available on this machine.</summary>
    public static IEnumerable<string> Workloads => Corpus.Available;

    [GlobalSetup]
    public void Setup() => _workload = Corpus.Open(Workload).Checked();

    /// <summary>Solves every request once, in a process that has solved them before.</summary>
    [Benchmark]
    public int Steady() => _workload.SolveAll();

    /// <summary>Compiles the whole repository, from parsed definitions in memory.</summary>
    [Benchmark]
    public object Compile() => CompiledRepository.Compile(_workload.Source);
}
