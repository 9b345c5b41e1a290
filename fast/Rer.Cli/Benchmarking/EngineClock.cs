using Rer.Books;

namespace Rer.Cli.Benchmarking;

/// <summary>Times Rer's engines on a workload, on one thread.</summary>
internal static class EngineClock
{
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
    ) => RunInTurns([(resolver.Name, resolver)], workload, passes, onSolve, cancellationToken)[0];

    /// <summary>
    /// Runs several engines, alternating after each pass, so that other load on the machine affects all of them.
    /// </summary>
    /// <param name="engines">The engines with their names. They must not have been used.</param>
    /// <param name="workload">The cases.</param>
    /// <param name="passes">The number of passes after the first.</param>
    /// <param name="onSolve">Called after each solve.</param>
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
                {
                    GC.Collect(); // it should not pay for garbage of earlier engines
                }
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
