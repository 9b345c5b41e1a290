namespace Rer.Insights;

/// <summary>Why a package is in a resolve as it is.</summary>
/// <param name="Package">The package.</param>
/// <param name="Paths">Ways from a request down to it, the shortest first: the labels of the nodes that they pass.</param>
/// <param name="HasMorePaths">Whether there are more of them.</param>
/// <param name="Versions">Why it is not another version.</param>
/// <param name="Variants">Why it is not another variant.</param>
/// <param name="Unreadable">What could not be read on the way, and was left out of account.</param>
public sealed record Reasons(
    ResolvedPackage Package,
    IReadOnlyList<IReadOnlyList<string>> Paths,
    bool HasMorePaths,
    IReadOnlyList<Alternative> Versions,
    IReadOnlyList<Alternative> Variants,
    IReadOnlyCollection<string> Unreadable
);

/// <summary>What a resolve might have had in a package's place, and did not.</summary>
/// <param name="Package">The other version or variant.</param>
/// <param name="Finding">Why not.</param>
public sealed record Alternative(ResolvedPackage Package, Finding Finding);
