namespace Rer.Insights.Explaining.Worlds;

/// <summary>
/// A repository of one family whose versions require nothing. It shows the effect of filters, orderers and requirements
/// on the versions themselves.
/// </summary>
/// <param name="question">The packages and the options.</param>
/// <param name="family">The family.</param>
/// <param name="versions">The versions that exist in it.</param>
internal sealed class BareFamilyRepository(Question question, string family, IReadOnlyList<string> versions)
    : IPackageRepository
{
    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths => question.Repository.SearchPaths;

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => [family];

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string name) => name == family ? versions : [];

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string name, string version) => question.WithoutRequirements(name, version);
}
