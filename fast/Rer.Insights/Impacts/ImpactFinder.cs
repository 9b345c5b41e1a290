using Rer.Insights.Impacts;
using Rer.Insights.Results;

namespace Rer.Insights;

/// <summary>Predicts the effect of a change on requests, by resolving each of them before and after it.</summary>
/// <remarks>
/// If <see cref="ResolveOptions.MaxFails"/> of a world is null, a solve is abandoned after
/// <see cref="Question.MaxFails"/> failed steps. Among thousands of requests, there may be one whose search would take
/// too long.
/// </remarks>
public static class ImpactFinder
{
    /// <summary>The default number of different failures to explain. Each may take a second.</summary>
    public const int DefaultExplained = 5;

    /// <summary>Resolves all requests in both worlds, on all cores.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="before">The current world.</param>
    /// <param name="after">The world after the change.</param>
    /// <param name="maxExplained">The number of different failures for which to find the smallest set of requirements
    /// that cannot hold together.</param>
    /// <param name="progress">Receives the number of finished solves, two for each request.</param>
    /// <param name="cancellationToken">Ends the operation.</param>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
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
        (before, after) = (Limited(before), Limited(after));
        var resolver = new FastResolver();
        ResolveResult[] ResultsIn(World world, IProgress<int>? worldProgress) =>
            [
                .. resolver.ResolveMany(
                    [.. requests.Select(request => WholeRequest(request, world))],
                    world.Repository,
                    world.Options,
                    worldProgress,
                    cancellationToken: cancellationToken
                ),
            ];

        ResolveResult[] first = ResultsIn(before, progress);
        ResolveResult[] second = ResultsIn(after, progress is null ? null : new Later(progress, requests.Count));
        cancellationToken.ThrowIfCancellationRequested();
        var causes = new ChangeCauseFinder(before, after);
        RequestImpact[] impacts = new RequestImpact[requests.Count];
        Parallel.For(
            0,
            impacts.Length,
            new ParallelOptions { CancellationToken = cancellationToken },
            i =>
                impacts[i] = Compare(
                    requests[i],
                    new Ended(first[i], Certainty.HasResolve(first[i], before.Options.MaxFails)),
                    new Ended(second[i], Certainty.HasResolve(second[i], after.Options.MaxFails)),
                    causes
                )
        );
        return new ImpactReport(impacts, Explain(impacts, after, maxExplained, cancellationToken));
    }

    private static World Limited(World world) =>
        world with
        {
            Options = world.Options with { MaxFails = world.Options.MaxFails ?? Question.MaxFails },
        };

    private static string[] WholeRequest(ImpactRequest request, World world) =>
        [.. request.Request, .. request.ImplicitPackages ?? world.ImplicitPackages];

    private static RequestImpact Compare(ImpactRequest request, Ended before, Ended after, ChangeCauseFinder causes)
    {
        if (before.Result is not SolvedResult solvedBefore || after.Result is not SolvedResult solvedAfter)
        {
            ImpactKind kind = (before.HasResolve, after.HasResolve) switch
            {
                (null, _) or (_, null) => ImpactKind.Undecided,
                (true, false) => ImpactKind.NewlyFailing,
                (false, true) => ImpactKind.NewlySolving,
                _ => ImpactKind.Unchanged,
            };
            var impact = new RequestImpact(request, kind, before.Result, after.Result, []);
            // Computing the text takes a replay of the solve. It is computed here, where all cores are available, and
            // then kept.
            if (kind == ImpactKind.NewlyFailing)
            {
                _ = impact.FailureDescription;
            }
            return impact;
        }
        bool isSame =
            solvedBefore.Packages.SequenceEqual(solvedAfter.Packages)
            && solvedBefore.Ephemerals.SequenceEqual(solvedAfter.Ephemerals);
        if (isSame)
        {
            return new RequestImpact(request, ImpactKind.Unchanged, solvedBefore, solvedAfter, []);
        }
        IReadOnlyList<PackageDifference> differences = ResolveDiff.Of(solvedBefore.Packages, solvedAfter.Packages);
        return new RequestImpact(
            request,
            ImpactKind.Changed,
            solvedBefore,
            solvedAfter,
            [
                .. differences.Select(difference => new ChangedPackage(
                    difference,
                    causes.Of(difference, request, solvedBefore, solvedAfter)
                )),
            ]
        );
    }

    /// <summary>Explains one request for each failure. The failures of the most requests come first.</summary>
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
                // A question counts its trials and is not thread-safe, so each thread has its own.
                var question = new Question(new FastResolver(), after.Repository, after.Options, cancellationToken);
                cores[i] = Explainer.CoreOf(WholeRequest(examples[i].Request, after), question)?.Core;
            }
        );
        return examples
            .Zip(cores)
            .Where(pair => pair.Second is not null)
            .ToDictionary(pair => pair.First.FailureDescription!, pair => pair.Second!);
    }

    /// <summary>The result of a request, and whether it certainly has a resolve.</summary>
    private readonly record struct Ended(ResolveResult Result, bool? HasResolve);

    /// <summary>Reports progress on top of what was done before.</summary>
    private sealed class Later(IProgress<int> progress, int already) : IProgress<int>
    {
        public void Report(int value) => progress.Report(already + value);
    }
}
