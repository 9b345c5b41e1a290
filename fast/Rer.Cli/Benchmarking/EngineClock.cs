using Rer.Books;
using Rer.Cli.Input;

namespace Rer.Cli.Benchmarking;

/// <summary>Times Rer's engines on a workload, on one thread.</summary>
internal static class EngineClock
{
    private const int FirstPasses = 3;

    /// <summary>How many passes <see cref="RunInTurns"/> makes with each engine.</summary>
    /// <param name="passes">The number of passes after the last first pass.</param>
    public static int PassesInTurns(int passes) => 1 + FirstPasses + passes;

    /// <summary>Runs a first pass, whose answers are kept, and then as many more as requested.</summary>
    /// <param name="resolver">The engine. It must not have been used.</param>
    /// <param name="workload">The cases.</param>
    /// <param name="passes">The number of passes after the first.</param>
    /// <param name="onSolve">Called after each solve.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static EngineTimes Run(
        IResolver resolver,
        Book workload,
        int passes,
        Action onSolve,
        CancellationToken cancellationToken
    ) => Run([(resolver.Name, resolver, workload.Repository)], workload.Cases, passes, onSolve, cancellationToken)[0];

    /// <summary>
    /// Runs several engines whose code is compiled, alternating after each pass, so that other load on the machine
    /// affects all of them. A first pass is repeated, on a repository of which nothing is compiled, and the fastest
    /// counts.
    /// </summary>
    /// <param name="create">Creates the engines with their names.</param>
    /// <param name="workload">The cases.</param>
    /// <param name="passes">The number of passes after the last first pass.</param>
    /// <param name="onSolve">Called after each solve, <see cref="PassesInTurns"/> times for each engine and
    /// case.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static EngineTimes[] RunInTurns(
        Func<IReadOnlyList<(string Name, IResolver Resolver)>> create,
        Book workload,
        int passes,
        Action onSolve,
        CancellationToken cancellationToken
    )
    {
        // The first engine to run pays for compiling the code of all of them.
        RunFresh(0);
        EngineTimes[][] rounds =
        [
            .. Enumerable.Range(1, FirstPasses).Select(n => RunFresh(n < FirstPasses ? 0 : passes)),
        ];
        return
        [
            .. rounds[^1]
                .Select(
                    (times, i) =>
                        times.WithFirstPass(rounds.Select(round => round[i].Passes[0]).MinBy(pass => pass.Sum())!)
                ),
        ];

        // An engine remembers what it has compiled by the repository object.
        EngineTimes[] RunFresh(int more) =>
            Run(
                [
                    .. create()
                        .Select(engine =>
                            (
                                engine.Name,
                                engine.Resolver,
                                (IPackageRepository)new LocatedRepository(workload.Repository, Book.Location)
                            )
                        ),
                ],
                workload.Cases,
                more,
                onSolve,
                cancellationToken
            );
    }

    private static EngineTimes[] Run(
        IReadOnlyList<(string Name, IResolver Resolver, IPackageRepository Repository)> engines,
        IReadOnlyList<Case> cases,
        int passes,
        Action onSolve,
        CancellationToken cancellationToken
    )
    {
        List<Case>[] answers = [.. engines.Select(_ => new List<Case>())];
        List<double[]>[] times = [.. engines.Select(_ => new List<double[]>())];
        long[] allocated = new long[engines.Count];
        for (int pass = 0; pass <= passes; pass++)
        {
            for (int engine = 0; engine < engines.Count; engine++)
            {
                if (pass == 0)
                {
                    GC.Collect(); // it should not pay for garbage of earlier engines
                }
                var milliseconds = new double[cases.Count];
                for (int i = 0; i < milliseconds.Length; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Case asked = cases[i];
                    long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
                    long start = TimeProvider.System.GetTimestamp();
                    ResolveResult result = engines[engine]
                        .Resolver.Resolve(asked.Request, engines[engine].Repository, asked.Options, cancellationToken);
                    milliseconds[i] = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
                    if (pass == passes)
                    {
                        allocated[engine] += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
                    }
                    if (pass == 0)
                    {
                        answers[engine].Add(CaseRecorder.Record(asked.Request, asked.Options, result));
                    }
                    onSolve();
                }
                times[engine].Add(milliseconds);
            }
        }
        return
        [
            .. engines.Select(
                (engine, i) =>
                    new EngineTimes(
                        engine.Name,
                        answers[i],
                        times[i],
                        cases.Count == 0 ? null : allocated[i] / cases.Count
                    )
            ),
        ];
    }
}
