namespace Rer.Insights.Explaining.Worlds;

/// <summary>A repository whose packages have only some of their demands.</summary>
/// <param name="repository">The original repository.</param>
/// <param name="kept">The demands that remain.</param>
internal sealed class RelaxedRepository(IPackageRepository repository, IReadOnlySet<Demand> kept) : IPackageRepository
{
    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths => repository.SearchPaths;

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => repository.GetFamilies();

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family) => repository.GetVersions(family);

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version)
    {
        PackageDefinition definition = repository.GetDefinition(family, version);
        string[] Remaining(IReadOnlyList<string> requirements) =>
            [.. requirements.Where(requirement => kept.Contains(new Demand(family, requirement)))];
        return new PackageDefinition
        {
            Requires = Remaining(definition.Requires),
            Variants = [.. definition.Variants.Select(Remaining)],
            BuildRequires = Remaining(definition.BuildRequires),
            Timestamp = definition.Timestamp,
        };
    }
}
