namespace Rer.Insights;

/// <summary>
/// The version or variant is possible with all other packages unchanged. rez's search found another resolve first.
/// </summary>
/// <remarks>This was tried: the request resolves with it and with all other packages pinned to their
/// versions.</remarks>
public sealed record PossibleBeside : Finding
{
    private PossibleBeside() { }

    /// <summary>Tries a version or a variant. The parameters are those of <see cref="NotTogetherWith.Try"/>.</summary>
    public static PossibleBeside? Try(
        Question question,
        IReadOnlyList<string> request,
        IReadOnlyList<ResolvedPackage> others,
        IPackageRepository? world = null
    ) =>
        question.Solve([.. request, .. others.Select(package => Question.Pin(package.Name, package.Version))], world)
            is null
            ? null
            : new PossibleBeside();
}
