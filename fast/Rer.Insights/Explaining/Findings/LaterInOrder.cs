using Rer.Insights.Explaining.Worlds;

namespace Rer.Insights;

/// <summary>The version is possible, but the chosen version comes before it in the order of versions.</summary>
/// <remarks>
/// This was tried: the request with the version added resolves. In a repository with only these two versions and
/// without requirements, the engine takes the chosen one.
/// </remarks>
public sealed record LaterInOrder : Finding
{
    private LaterInOrder(string chosen, bool isByOrderers)
    {
        Chosen = chosen;
        IsByOrderers = isByOrderers;
    }

    /// <summary>The version that was chosen.</summary>
    public string Chosen { get; }

    /// <summary>Whether orderers are the reason: without them, the other version is taken.</summary>
    public bool IsByOrderers { get; }

    /// <summary>Compares a version with the chosen one.</summary>
    /// <param name="question">The engine, the packages and the options.</param>
    /// <param name="request">The request with the version added.</param>
    /// <param name="family">The family.</param>
    /// <param name="version">The version.</param>
    /// <param name="chosen">The version that was chosen.</param>
    public static LaterInOrder? Try(
        Question question,
        IReadOnlyList<string> request,
        string family,
        string version,
        string chosen
    )
    {
        if (question.Solve(request) is null)
        {
            return null;
        }
        IReadOnlyList<string> both =
        [
            .. question.Repository.GetVersions(family).Where(item => item == version || item == chosen),
        ];
        var world = new BareFamilyRepository(question, family, both);
        string? First(ResolveOptions options) => question.Solve([family], world, options)?.Packages[0].Version;

        if (First(question.Options) != chosen)
        {
            return null;
        }
        bool isByOrderers =
            question.Options.PackageOrderers is { Count: > 0 }
            && First(question.Options with { PackageOrderers = [] }) == version;
        return new LaterInOrder(chosen, isByOrderers);
    }
}
