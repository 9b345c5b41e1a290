using System.Collections.Immutable;

namespace Rer.Benchmarks;

/// <summary>
/// The cost of orderers that keep the default order. The answers are the same, so only the calls to the orderer cost
/// time.
/// </summary>
[MemoryDiagnoser]
public class OrdererBenchmarks
{
    private static readonly ResolveOptions s_own = ResolveOptions.Default with
    {
        PackageOrderers = [new CustomOrderer(new LatestFirst())],
    };

    private static readonly ResolveOptions s_split = ResolveOptions.Default with
    {
        PackageOrderers = [new VersionSplitOrderer("999999999")],
    };

    private Workload _workload = null!;

    /// <summary>The workload to solve.</summary>
    [ParamsSource(nameof(Workloads))]
    public string Workload { get; set; } = "";

    /// <summary>The workloads available on this machine.</summary>
    public static IEnumerable<string> Workloads => Corpus.Available;

    [GlobalSetup]
    public void Setup()
    {
        Workload all = Corpus.Open(Workload);
        _workload = new Workload(all.Source, [.. all.Cases.Where(asked => asked.Options == ResolveOptions.Default)]);
        _ = _workload.Checked();
        Check(s_own);
        Check(s_split);
    }

    /// <summary>Every request without options, once.</summary>
    [Benchmark(Baseline = true)]
    public int Without() => _workload.SolveAll(ResolveOptions.Default);

    /// <summary>The same with a custom orderer, which returns a list that it made before.</summary>
    [Benchmark]
    public int Custom() => _workload.SolveAll(s_own);

    /// <summary>The same with one of rez's orderers.</summary>
    [Benchmark]
    public int VersionSplit() => _workload.SolveAll(s_split);

    private void Check(ResolveOptions options)
    {
        for (int i = 0; i < _workload.Cases.Count; i++)
        {
            if (
                _workload.Solve(i, options) is SolvedResult ordered
                && _workload.Solve(i, ResolveOptions.Default) is SolvedResult plain
                && !ordered.Packages.SequenceEqual(plain.Packages)
            )
            {
                throw new InvalidOperationException($"{string.Join(' ', _workload.Cases[i].Request)}: another answer");
            }
        }
    }

    private sealed class LatestFirst : IPackageOrderer
    {
        private readonly Dictionary<string, IReadOnlyList<string>> _orders = [];

        public string Name => "latest first";

        public IReadOnlyList<string> Order(string family, IReadOnlyList<string> versions)
        {
            if (!_orders.TryGetValue(family, out IReadOnlyList<string>? order))
            {
                order = ImmutableArray.CreateRange(versions.Reverse());
                _orders.Add(family, order);
            }

            return order;
        }
    }
}
