namespace Rer.Insights;

/// <summary>The release that broke a request.</summary>
/// <param name="Request">The request.</param>
/// <param name="Aim">What the release broke.</param>
/// <param name="ResolvesTo">What the request should resolve to; null if nothing was named.</param>
/// <param name="Good">The result at the good time.</param>
/// <param name="Bad">The result at the bad time.</param>
/// <param name="Changes">Every time between the two at which the request started or stopped working, in order. The last
/// one is <see cref="Culprit"/>. If there are several, releases alternately broke and fixed it.</param>
/// <param name="Culprit">The release that broke it for good, so that it does not work from then until the bad
/// time.</param>
/// <param name="TimeCount">The number of release times between the two. Each was tried.</param>
/// <param name="UndecidedCount">The number of these times at which the solve was abandoned after too many failed
/// steps.</param>
/// <param name="Undated">The packages without a timestamp in the resolves before and after the culprit. As in rez, they
/// count as always present, so none of them can be the culprit.</param>
public sealed record BisectReport(
    IReadOnlyList<string> Request,
    BisectAim Aim,
    string? ResolvesTo,
    BisectMoment Good,
    BisectMoment Bad,
    IReadOnlyList<BisectChange> Changes,
    BisectCulprit Culprit,
    int TimeCount,
    int UndecidedCount,
    IReadOnlyList<string> Undated
);

/// <summary>What a request should do. It has not done so since the culprit was released.</summary>
public enum BisectAim
{
    /// <summary>It resolves.</summary>
    Resolves,

    /// <summary>It resolves to the package that was named.</summary>
    ResolvesTo,

    /// <summary>It resolves to the same packages as at the good time.</summary>
    ResolvesToTheSame,
}

/// <summary>The result of a request with everything released up to a time.</summary>
/// <param name="Time">The time, in seconds since 1970-01-01 UTC; 0 for no limit.</param>
/// <param name="Result">The result.</param>
public sealed record BisectMoment(long Time, ResolveResult Result);

/// <summary>A time at which a request started or stopped working.</summary>
/// <param name="Before">The last moment that was tried before the change.</param>
/// <param name="After">The first moment after the change.</param>
/// <param name="IsGood">Whether the request works since then.</param>
/// <param name="Releases">The packages that were released between the two moments, or at the second one, in the
/// families that a solve read. Usually all of them were released in the same second.</param>
public sealed record BisectChange(
    BisectMoment Before,
    BisectMoment After,
    bool IsGood,
    IReadOnlyList<PackageRelease> Releases
);

/// <summary>The release that broke a request, and what it did.</summary>
/// <param name="Change">When it happened.</param>
/// <param name="Releases">The smallest set of releases that breaks the request when the others are absent.</param>
/// <param name="IsMinimal">Whether each of them is certainly needed for that.</param>
/// <param name="AreOthersEnough">Whether the other releases break the request as well, without these.</param>
/// <param name="Differences">The packages that differ between the resolves before and after; empty if there is no
/// resolve afterwards.</param>
/// <param name="Core">If there is no resolve afterwards, the smallest set of requests and requirements that cannot hold
/// together. Empty if it was too hard to find, or if the failure is not a conflict.</param>
public sealed record BisectCulprit(
    BisectChange Change,
    IReadOnlyList<PackageRelease> Releases,
    bool IsMinimal,
    bool AreOthersEnough,
    IReadOnlyList<PackageDifference> Differences,
    IReadOnlyList<Demand> Core
);
