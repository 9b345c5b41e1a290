using Rer.Insights.Explaining.Findings;

namespace Rer.Insights;

/// <summary>The version or variant is possible, but not together with other packages of the resolve.</summary>
/// <remarks>This was tried: it is impossible with these packages, but possible if any one of them is left
/// out.</remarks>
public sealed record NotTogetherWith : Finding
{
    private NotTogetherWith(IReadOnlyList<ResolvedPackage> packages) =>
        Packages = new EqualList<ResolvedPackage>(packages);

    /// <summary>The packages.</summary>
    public IReadOnlyList<ResolvedPackage> Packages { get; }

    /// <summary>Tries a version or a variant.</summary>
    /// <param name="question">The engine, the packages and the options.</param>
    /// <param name="request">The request with the version added. It resolves.</param>
    /// <param name="others">The other packages of the resolve.</param>
    /// <param name="world">The packages if only one variant is considered; null for all packages as they are.</param>
    public static NotTogetherWith? Try(
        Question question,
        IReadOnlyList<string> request,
        IReadOnlyList<ResolvedPackage> others,
        IPackageRepository? world = null
    )
    {
        bool? AreImpossible(IReadOnlyList<ResolvedPackage> part) =>
            question.HasNoResolve(
                [.. request, .. part.Select(package => Question.Pin(package.Name, package.Version))],
                world
            );
        return AreImpossible(others) == true ? new NotTogetherWith(MinimalCore.Of(others, AreImpossible).Core) : null;
    }
}
