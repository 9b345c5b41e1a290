using Rer.Insights.Explaining.Findings;

namespace Rer.Insights.Bisecting;

/// <summary>Finds which of several releases of the same time broke a request, by leaving others out.</summary>
internal sealed class CulpritFinder(
    IResolver resolver,
    ReleaseHistory history,
    IReadOnlyList<string> request,
    Func<SolvedResult, bool> isGood,
    CancellationToken cancellationToken
)
{
    /// <summary>Finds the releases that broke it, and what they did.</summary>
    public BisectCulprit Find(BisectChange change)
    {
        PackageRelease[] all = [.. change.Releases];
        (IReadOnlyList<PackageRelease> releases, bool isMinimal) =
            all.Length == 1 ? (all, true) : MinimalCore.Of(all, part => IsBrokenBy(part, all, change));
        return new BisectCulprit(
            change with
            {
                Releases = all,
            },
            releases,
            isMinimal,
            releases.Count < all.Length && IsBrokenBy([.. all.Except(releases)], all, change) == true,
            change is { Before.Result: SolvedResult before, After.Result: SolvedResult after }
                ? ResolveDiff.Of(before.Packages, after.Packages)
                : [],
            CoreOf(change.After)
        );
    }

    /// <summary>Whether some of the releases break the request without the others; null if undecided.</summary>
    private bool? IsBrokenBy(IReadOnlyList<PackageRelease> part, PackageRelease[] all, BisectChange change)
    {
        var world = new WithoutPackages(history.Packages, all.Except(part));
        return !history.Is(history.Solve(world, change.After.Time), isGood);
    }

    private IReadOnlyList<Demand> CoreOf(BisectMoment after)
    {
        if (after.Result is not (FailedResult or ErrorResult { Kind: not ResolveErrorKind.PackageData }))
        {
            return [];
        }
        var question = new Question(resolver, history.Packages, history.OptionsAt(after.Time), cancellationToken);
        return Explainer.CoreOf(request, question)?.Core ?? [];
    }
}
