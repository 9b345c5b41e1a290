using Rer.Books;

namespace Rer.Cli.Benchmarking;

/// <summary>Times engines of ours on a workload, on one thread.</summary>
internal static class EngineClock
{
    /// <summary>Runs a first pass, whose answers are kept, and then as many as are asked for.</summary>
    /// <param name="resolver">The engine, not yet used.</param>
    /// <param name="workload">The cases.</param>
    /// <param name="passes">How many passes after the first.</param>
    /// <param name="onSolve">Told after each solve.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static EngineTimes Run(
        IResolver resolver,
        Book workload,
        int passes,
        Action onSolve,
        CancellationToken cancellationToken
    ) => RunInTurns([(resolver.Name, resolver)], workload, passes, onSolve, cancellationToken)[0];

    /// <summary>Runs several engines, a pass of each in turn: what else the machine does, it does to all.</summary>
    /// <param name="engines">The engines with what they are called, not yet used.</param>
    /// <param name="workload">The cases.</param>
    /// <param name="passes">How many passes after the first.</param>
    /// <param name="onSolve">Told after each solve.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static EngineTimes[] RunInTurns(
        IReadOnlyList<(string Name, IResolver Resolver)> engines,
        Book workload,
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
                    GC.Collect(); // what those before it left behind is not its own to pay for
                var milliseconds = new double[workload.Cases.Count];
                for (int i = 0; i < milliseconds.Length; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Case asked = workload.Cases[i];
                    long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
                    long start = TimeProvider.System.GetTimestamp();
                    ResolveResult result = engines[engine]
                        .Resolver.Resolve(asked.Request, workload.Repository, asked.Options, cancellationToken);
                    milliseconds[i] = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
                    if (pass == passes)
                        allocated[engine] += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
                    if (pass == 0)
                        answers[engine].Add(CaseRecorder.Record(asked.Request, asked.Options, result));
                    onSolve();
                }
                times[engine].Add(milliseconds);
            }
        }
        int cases = workload.Cases.Count;
        return
        [
            .. engines.Select(
                (engine, i) =>
                    new EngineTimes(engine.Name, answers[i], times[i], cases == 0 ? null : allocated[i] / cases)
            ),
        ];
    }
}
