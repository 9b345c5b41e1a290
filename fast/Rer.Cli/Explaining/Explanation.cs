namespace Rer.Cli.Explaining;

/// <summary>Why a request has no resolve.</summary>
/// <param name="Core">Requests and requirements that cannot go together, every one of which is needed for that. The
/// requests come first.</param>
/// <param name="Families">What became of the versions of each family that the core is about.</param>
/// <param name="Remedies">Changes that make the request resolve, the smallest first.</param>
/// <param name="UndecidedCount">How many variations were too hard to decide: the core may hold more than is needed, and
/// there may be remedies beside these.</param>
internal sealed record Explanation(
    IReadOnlyList<Demand> Core,
    IReadOnlyList<FamilyReport> Families,
    IReadOnlyList<Remedy> Remedies,
    int UndecidedCount
);

/// <summary>A family and what became of its versions.</summary>
/// <param name="Family">The family.</param>
/// <param name="Fates">Versions in the order of the repository, grouped by their fate; empty for a family that no
/// repository has.</param>
internal sealed record FamilyReport(string Family, IReadOnlyList<VersionFate> Fates);

/// <summary>What became of some versions of a family.</summary>
/// <param name="Versions">The versions.</param>
/// <param name="HiddenBy">The filter rule that hides them, or null.</param>
/// <param name="ExcludedBy">The demands of the core that they do not meet.</param>
internal sealed record VersionFate(IReadOnlyList<string> Versions, string? HiddenBy, IReadOnlyList<Demand> ExcludedBy);

/// <summary>A change that was tried and makes the request resolve.</summary>
/// <param name="Changes">What to change, in words, each for one requirement of the request or one setting.</param>
/// <param name="Request">The request after the change.</param>
/// <param name="Gives">What the changed requirements then resolve to.</param>
internal sealed record Remedy(
    IReadOnlyList<string> Changes,
    IReadOnlyList<string> Request,
    IReadOnlyList<ResolvedPackage> Gives
);
