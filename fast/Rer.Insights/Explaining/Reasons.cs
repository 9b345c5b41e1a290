namespace Rer.Insights;

/// <summary>Why a package is in a resolve as it is.</summary>
/// <param name="Package">The package.</param>
/// <param name="Paths">Paths from a request to the package, the shortest first, as the labels of the nodes along the
/// way.</param>
/// <param name="HasMorePaths">Whether there are more paths.</param>
/// <param name="Versions">Why no other version was chosen.</param>
/// <param name="Variants">Why no other variant was chosen.</param>
/// <param name="Unreadable">The errors for packages that could not be read. These are ignored.</param>
public sealed record Reasons(
    ResolvedPackage Package,
    IReadOnlyList<IReadOnlyList<string>> Paths,
    bool HasMorePaths,
    IReadOnlyList<Alternative> Versions,
    IReadOnlyList<Alternative> Variants,
    IReadOnlyCollection<string> Unreadable
);

/// <summary>A version or variant that a resolve might contain instead of a package, but does not.</summary>
/// <param name="Package">The other version or variant.</param>
/// <param name="Finding">Why it was not chosen.</param>
public sealed record Alternative(ResolvedPackage Package, Finding Finding);
