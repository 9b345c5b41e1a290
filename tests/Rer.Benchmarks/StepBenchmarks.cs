namespace Rer.Benchmarks;

/// <summary>The kinds of steps in a solve, each measured in a solve that does hardly anything else.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private Workload _extract = null!;
    private Workload _reduce = null!;
    private Workload _split = null!;
    private Workload _finalise = null!;

    [GlobalSetup]
    public void Setup()
    {
        _extract = StepRepository.Extract().Checked();
        _reduce = StepRepository.Reduce().Checked();
        _split = StepRepository.Split().Checked();
        _finalise = StepRepository.Finalise().Checked();
    }

    [Benchmark]
    public int Extract() => _extract.SolveAll();

    [Benchmark]
    public int Reduce() => _reduce.SolveAll();

    [Benchmark]
    public int Split() => _split.SolveAll();

    [Benchmark]
    public int Finalise() => _finalise.SolveAll();
}
