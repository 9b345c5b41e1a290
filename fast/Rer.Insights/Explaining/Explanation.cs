namespace Rer.Insights;

/// <summary>Why a request has no resolve.</summary>
/// <param name="Core">Requests and requirements that cannot hold together. The requests come first.</param>
/// <param name="IsMinimal">Whether each of them was found to be needed for that.</param>
/// <param name="Holders">The packages that have the requirements in the core, by family. They are grouped by the
/// demands that they have.</param>
/// <param name="Families">What happened to the versions of each family in the core.</param>
/// <param name="Remedies">Changes that make the request resolve, the smallest first; empty if none was found.</param>
/// <param name="UndecidedCount">The number of variations that were too hard to decide. If there are any, the core may
/// contain more than is needed, and there may be more remedies.</param>
/// <param name="Unreadable">The errors for packages that could not be read. These are ignored.</param>
public sealed record Explanation(
    IReadOnlyList<Demand> Core,
    bool IsMinimal,
    IReadOnlyDictionary<string, IReadOnlyList<HolderGroup>> Holders,
    IReadOnlyList<FamilyReport> Families,
    IReadOnlyList<Remedy> Remedies,
    int UndecidedCount,
    IReadOnlyCollection<string> Unreadable
);

/// <summary>A family and what happened to its versions.</summary>
/// <param name="Family">The family.</param>
/// <param name="Fates">The versions in the order of the repository, grouped by their fate; empty for a family that no
/// repository has.</param>
public sealed record FamilyReport(string Family, IReadOnlyList<VersionFate> Fates);

/// <summary>What happened to some versions of a family.</summary>
/// <param name="Versions">The versions.</param>
/// <param name="Finding">What is known about each of them.</param>
public sealed record VersionFate(IReadOnlyList<string> Versions, Finding Finding);

/// <summary>A change that was tried and makes the request resolve.</summary>
/// <param name="Changes">The changes in words, one for each requirement of the request or setting.</param>
/// <param name="Request">The request after the change.</param>
/// <param name="IsUnfiltered">Whether filters and the timestamp are lifted, too.</param>
/// <param name="Gives">The packages to which the changed requirements then resolve.</param>
public sealed record Remedy(
    IReadOnlyList<string> Changes,
    IReadOnlyList<string> Request,
    bool IsUnfiltered,
    IReadOnlyList<ResolvedPackage> Gives
);
