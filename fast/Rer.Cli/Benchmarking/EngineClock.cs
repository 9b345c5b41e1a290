using Rer.Books;

namespace Rer.Cli.Benchmarking;

/// <summary>Times an engine of ours on a workload, on one thread.</summary>
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
    )
    {
        var answers = new List<Case>();
        var times = new List<double[]>();
        long allocated = 0;
        for (int pass = 0; pass <= passes; pass++)
        {
            var milliseconds = new double[workload.Cases.Count];
            for (int i = 0; i < milliseconds.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Case asked = workload.Cases[i];
                long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
                long start = TimeProvider.System.GetTimestamp();
                ResolveResult result = resolver.Resolve(
                    asked.Request,
                    workload.Repository,
                    asked.Options,
                    cancellationToken
                );
                milliseconds[i] = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
                if (pass == passes)
                    allocated += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
                if (pass == 0)
                    answers.Add(CaseRecorder.Record(asked.Request, asked.Options, result));
                onSolve();
            }
            times.Add(milliseconds);
        }
        long? perSolve = answers.Count == 0 ? null : allocated / answers.Count;
        return new EngineTimes(resolver.Name, answers, times, perSolve);
    }
}
