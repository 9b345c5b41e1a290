namespace Rer.Insights;

/// <summary>The release that broke a request.</summary>
/// <param name="Request">The request.</param>
/// <param name="Aim">What the release broke.</param>
/// <param name="ResolvesTo">What the request was to resolve to; null where nothing was named.</param>
/// <param name="Good">How the request ends at the good time.</param>
/// <param name="Bad">How the request ends at the bad time.</param>
/// <param name="Changes">Every time between the two at which the request began or ceased to do what it was to do, in order.
/// The last is <see cref="Culprit"/>. Where there are several, releases broke and mended it in turns.</param>
/// <param name="Culprit">What broke it for good: since then it does not do what it was to do, until the bad time.</param>
/// <param name="TimeCount">How many times of releases there are between the two: each was tried.</param>
/// <param name="UndecidedCount">At how many of them the solve was given up after too many failed steps.</param>
/// <param name="Undated">Packages of the resolves on both sides of the culprit that have no timestamp. As in rez they
/// count as always there, so that none of them can be found to be the culprit.</param>
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

/// <summary>What a request is to do, of which a release is found that broke it.</summary>
public enum BisectAim
{
    /// <summary>It resolves.</summary>
    Resolves,

    /// <summary>It resolves to what was named.</summary>
    ResolvesTo,

    /// <summary>It resolves to what it did at the good time.</summary>
    ResolvesToTheSame,
}

/// <summary>How a request ends with what was released until a time.</summary>
/// <param name="Time">The time, in seconds since 1970-01-01 UTC; 0 for all that was ever released.</param>
/// <param name="Result">How it ends.</param>
public sealed record BisectMoment(long Time, ResolveResult Result);

/// <summary>A time at which a request began or ceased to do what it was to do.</summary>
/// <param name="Before">The last moment that was tried before.</param>
/// <param name="After">The first moment of the change.</param>
/// <param name="IsGood">Whether it does what it was to do since then.</param>
/// <param name="Releases">What was released after the one and until the other, of the families that a solve looked at: mostly
/// of one and the same second.</param>
public sealed record BisectChange(
    BisectMoment Before,
    BisectMoment After,
    bool IsGood,
    IReadOnlyList<PackageRelease> Releases
);

/// <summary>The release that broke a request, and what it did.</summary>
/// <param name="Change">When.</param>
/// <param name="Releases">The fewest of its releases that break the request, when the others are not there.</param>
/// <param name="IsMinimal">Whether each of them is certainly needed for that.</param>
/// <param name="AreOthersEnough">Whether the request is broken as well by the others alone, without these.</param>
/// <param name="Differences">The packages that differ in the resolves before and after; empty where there is none
/// after.</param>
/// <param name="Core">Where there is no resolve after: the fewest requests and requirements that cannot go together; empty
/// where that was too hard to tell, or it is no conflict.</param>
public sealed record BisectCulprit(
    BisectChange Change,
    IReadOnlyList<PackageRelease> Releases,
    bool IsMinimal,
    bool AreOthersEnough,
    IReadOnlyList<PackageDifference> Differences,
    IReadOnlyList<Demand> Core
);
