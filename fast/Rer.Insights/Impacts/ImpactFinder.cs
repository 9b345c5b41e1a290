using Rer.Insights.Impacts;

namespace Rer.Insights;

/// <summary>Foresees what a change means for requests, by resolving each before and after it.</summary>
public static class ImpactFinder
{
    /// <summary>How many different failures are explained, unless more are asked for: one may take a second.</summary>
    public const int DefaultExplained = 5;

    /// <summary>Resolves all requests in both worlds, on all cores.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="before">The world as it is.</param>
    /// <param name="after">The world as it would be.</param>
    /// <param name="maxExplained">Of how many different failures to find the fewest requirements that cannot go
    /// together.</param>
    /// <param name="progress">Told how many of the solves are done, two for each request.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static ImpactReport Find(
        IReadOnlyList<ImpactRequest> requests,
        World before,
        World after,
        int maxExplained = DefaultExplained,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var resolver = new FastResolver();
        ResolveResult[] ResultsIn(World world, IProgress<int>? told) =>
            [
                .. resolver.ResolveMany(
                    [.. requests.Select(request => WholeRequest(request, world))],
                    world.Repository,
                    world.Options,
                    told,
                    cancellationToken: cancellationToken
                ),
            ];

        ResolveResult[] first = ResultsIn(before, progress);
        ResolveResult[] second = ResultsIn(after, progress is null ? null : new Later(progress, requests.Count));
        cancellationToken.ThrowIfCancellationRequested();
        var causes = new CauseFinder(before, after);
        RequestImpact[] impacts = new RequestImpact[requests.Count];
        Parallel.For(
            0,
            impacts.Length,
            new ParallelOptions { CancellationToken = cancellationToken },
            i => impacts[i] = Compare(requests[i], first[i], second[i], causes)
        );
        return new ImpactReport(impacts, Explain(impacts, after, maxExplained, cancellationToken));
    }

    private static string[] WholeRequest(ImpactRequest request, World world) =>
        [.. request.Request, .. request.ImplicitPackages ?? world.ImplicitPackages];

    private static RequestImpact Compare(
        ImpactRequest request,
        ResolveResult before,
        ResolveResult after,
        CauseFinder causes
    )
    {
        if (before is not SolvedResult solvedBefore || after is not SolvedResult solvedAfter)
        {
            ImpactKind kind = (before is SolvedResult, after is SolvedResult) switch
            {
                (true, false) => ImpactKind.NewlyFailing,
                (false, true) => ImpactKind.NewlySolving,
                _ => ImpactKind.Unchanged,
            };
            return new RequestImpact(request, kind, before, after, []);
        }
        bool isSame =
            solvedBefore.Packages.SequenceEqual(solvedAfter.Packages)
            && solvedBefore.Ephemerals.SequenceEqual(solvedAfter.Ephemerals);
        if (isSame)
            return new RequestImpact(request, ImpactKind.Unchanged, before, after, []);
        IReadOnlyList<PackageDifference> differences = ResolveDiff.Of(solvedBefore.Packages, solvedAfter.Packages);
        return new RequestImpact(
            request,
            ImpactKind.Changed,
            before,
            after,
            [
                .. differences.Select(difference => new ChangedPackage(
                    difference,
                    causes.Of(difference, request, solvedBefore, solvedAfter)
                )),
            ]
        );
    }

    /// <summary>Explains one request of each failure, those of most requests first.</summary>
    private static Dictionary<string, IReadOnlyList<Demand>> Explain(
        RequestImpact[] impacts,
        World after,
        int maxExplained,
        CancellationToken cancellationToken
    )
    {
        RequestImpact[] examples =
        [
            .. impacts
                .Where(impact => impact.Kind == ImpactKind.NewlyFailing)
                .GroupBy(impact => impact.FailureDescription!)
                .OrderByDescending(group => group.Count())
                .Take(maxExplained)
                .Select(group => group.First()),
        ];
        var cores = new IReadOnlyList<Demand>?[examples.Length];
        Parallel.For(
            0,
            examples.Length,
            new ParallelOptions { CancellationToken = cancellationToken },
            i =>
            {
                // A question keeps count of what it was asked, and is one thread's.
                var question = new Question(new FastResolver(), after.Repository, after.Options, cancellationToken);
                cores[i] = Explainer.CoreOf(WholeRequest(examples[i].Request, after), question)?.Core;
            }
        );
        return examples
            .Zip(cores)
            .Where(pair => pair.Second is not null)
            .ToDictionary(pair => pair.First.FailureDescription!, pair => pair.Second!);
    }

    /// <summary>Reports what is done behind what was done before.</summary>
    private sealed class Later(IProgress<int> progress, int already) : IProgress<int>
    {
        public void Report(int value) => progress.Report(already + value);
    }
}
