namespace Rer.Insights;

/// <summary>Why a request has no resolve.</summary>
/// <param name="Core">Requests and requirements that cannot go together. The requests come first.</param>
/// <param name="IsMinimal">Whether every one of them was found to be needed for that.</param>
/// <param name="Holders">Who makes the demands of the core that are no requests: by family, the packages that differ in
/// them apart.</param>
/// <param name="Families">What became of the versions of each family that the core is about.</param>
/// <param name="Remedies">Changes that make the request resolve, the smallest first; empty if none was found.</param>
/// <param name="UndecidedCount">How many variations were too hard to decide: the core may hold more than is needed, and
/// there may be remedies beside these.</param>
/// <param name="Unreadable">What could not be read on the way, and was left out of account.</param>
public sealed record Explanation(
    IReadOnlyList<Demand> Core,
    bool IsMinimal,
    IReadOnlyDictionary<string, IReadOnlyList<HolderGroup>> Holders,
    IReadOnlyList<FamilyReport> Families,
    IReadOnlyList<Remedy> Remedies,
    int UndecidedCount,
    IReadOnlyCollection<string> Unreadable
);

/// <summary>A family and what became of its versions.</summary>
/// <param name="Family">The family.</param>
/// <param name="Fates">Versions in the order of the repository, grouped by their fate; empty for a family that no
/// repository has.</param>
public sealed record FamilyReport(string Family, IReadOnlyList<VersionFate> Fates);

/// <summary>What became of some versions of a family.</summary>
/// <param name="Versions">The versions.</param>
/// <param name="Finding">What is known of each of them.</param>
public sealed record VersionFate(IReadOnlyList<string> Versions, Finding Finding);

/// <summary>A change that was tried and makes the request resolve.</summary>
/// <param name="Changes">What to change, in words, each for one requirement of the request or one setting.</param>
/// <param name="Request">The request after the change.</param>
/// <param name="IsUnfiltered">Whether the filters and the time limit on releases are lifted, too.</param>
/// <param name="Gives">What the changed requirements then resolve to.</param>
public sealed record Remedy(
    IReadOnlyList<string> Changes,
    IReadOnlyList<string> Request,
    bool IsUnfiltered,
    IReadOnlyList<ResolvedPackage> Gives
);
