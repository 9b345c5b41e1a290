using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>The effect of a change on a request.</summary>
public enum ImpactKind
{
    /// <summary>It gives the same result: the same packages, or no resolve before and after.</summary>
    Unchanged,

    /// <summary>It resolves to different packages.</summary>
    Changed,

    /// <summary>It resolved before, but no longer does.</summary>
    NewlyFailing,

    /// <summary>It did not resolve before, but does now.</summary>
    NewlySolving,

    /// <summary>
    /// The solve before or after was abandoned after too many failed steps, so the effect is not known.
    /// </summary>
    Undecided,
}

/// <summary>The effect of a change on requests.</summary>
/// <param name="Requests">Each request, in the order given.</param>
/// <param name="Failures">Why requests newly fail, by the text of the failure. One request was explained for each text,
/// up to the given number.</param>
public sealed record ImpactReport(
    IReadOnlyList<RequestImpact> Requests,
    IReadOnlyDictionary<string, IReadOnlyList<Demand>> Failures
)
{
    /// <summary>The packages that change in some resolve. Those that change in most requests come first.</summary>
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

    /// <summary>The number of requests with this effect.</summary>
    public int Count(ImpactKind kind) => Requests.Count(request => request.Kind == kind);
}

/// <summary>The effect of a change on a request.</summary>
/// <param name="Request">The request.</param>
/// <param name="Kind">The kind of effect.</param>
/// <param name="Before">The result before.</param>
/// <param name="After">The result after.</param>
/// <param name="Packages">The packages that differ, if both resolved.</param>
public sealed record RequestImpact(
    ImpactRequest Request,
    ImpactKind Kind,
    ResolveResult Before,
    ResolveResult After,
    IReadOnlyList<ChangedPackage> Packages
)
{
    /// <summary>Why there is no resolve after the change; null if there is one.</summary>
    public string? FailureDescription => Names.ReasonOf(After);
}

/// <summary>A package that differs between the two resolves of a request, and why.</summary>
/// <param name="Difference">The package before and after.</param>
/// <param name="Causes">The reasons, one phrase each.</param>
public sealed record ChangedPackage(PackageDifference Difference, IReadOnlyList<string> Causes);

/// <summary>A package that changes, over all requests.</summary>
/// <param name="Difference">The package before and after.</param>
/// <param name="RequestCount">The number of requests in which it changes.</param>
/// <param name="Causes">The reasons in the first of these requests.</param>
public sealed record PackageImpact(PackageDifference Difference, int RequestCount, IReadOnlyList<string> Causes);
