namespace Rer.Insights;

/// <summary>The version or variant is possible with all other packages as they are: rez's search came to another resolve
/// first.</summary>
/// <remarks>Tried: the request resolves with it and with all other packages asked for by their versions.</remarks>
public sealed record PossibleBeside : Finding
{
    private PossibleBeside() { }

    /// <summary>Tries a version or a variant; the parameters are those of <see cref="NotTogetherWith.Try"/>.</summary>
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
