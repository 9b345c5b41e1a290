using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>What a change means for a request.</summary>
public enum ImpactKind
{
    /// <summary>It comes to the same: the same packages, or no resolve before and after.</summary>
    Unchanged,

    /// <summary>It resolves to something else.</summary>
    Changed,

    /// <summary>It resolved, and does not any more.</summary>
    NewlyFailing,

    /// <summary>It did not resolve, and does now.</summary>
    NewlySolving,

    /// <summary>The solve before or after was given up after too many failed steps, so that it is not known what the change
    /// means.</summary>
    Undecided,
}

/// <summary>What a change means for requests.</summary>
/// <param name="Requests">Each request, in the order in which they were given.</param>
/// <param name="Failures">Why requests fail newly, by the text of the failure: of each text one request was explained, up
/// to the number that was asked for.</param>
public sealed record ImpactReport(
    IReadOnlyList<RequestImpact> Requests,
    IReadOnlyDictionary<string, IReadOnlyList<Demand>> Failures
)
{
    /// <summary>The packages that come to another in some resolve, those of most requests first.</summary>
    public IReadOnlyList<PackageImpact> Packages { get; } =
    [
        .. Requests
            .SelectMany(request => request.Packages)
            .GroupBy(change => change.Difference)
            .Select(group => new PackageImpact(group.Key, group.Count(), group.First().Causes))
            .OrderByDescending(package => package.RequestCount)
            .ThenBy(package => package.Difference.Family, StringComparer.Ordinal)
            .ThenBy(package => package.Difference.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>How many requests a change means this to.</summary>
    public int Count(ImpactKind kind) => Requests.Count(request => request.Kind == kind);
}

/// <summary>What a change means for a request.</summary>
/// <param name="Request">The request.</param>
/// <param name="Kind">In a word.</param>
/// <param name="Before">How it ended before.</param>
/// <param name="After">How it ends after.</param>
/// <param name="Packages">The packages that differ, where both resolved.</param>
public sealed record RequestImpact(
    ImpactRequest Request,
    ImpactKind Kind,
    ResolveResult Before,
    ResolveResult After,
    IReadOnlyList<ChangedPackage> Packages
)
{
    /// <summary>Why there is no resolve after; null where there is one.</summary>
    public string? FailureDescription => Names.ReasonOf(After);
}

/// <summary>A package that differs in the two resolves of a request, and what decided it.</summary>
/// <param name="Difference">The package before and after.</param>
/// <param name="Causes">What decided, a phrase each.</param>
public sealed record ChangedPackage(PackageDifference Difference, IReadOnlyList<string> Causes);

/// <summary>A package that comes to another, over all requests.</summary>
/// <param name="Difference">The package before and after.</param>
/// <param name="RequestCount">In how many requests.</param>
/// <param name="Causes">What decided, in the first of them.</param>
public sealed record PackageImpact(PackageDifference Difference, int RequestCount, IReadOnlyList<string> Causes);
