namespace Rer.Insights.Explaining.Worlds;

/// <summary>A repository in which one package has only one of its variants.</summary>
internal sealed class SingleVariantRepository(IPackageRepository repository, ResolvedPackage kept) : IPackageRepository
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
        if (family != kept.Name || version != kept.Version || kept.VariantIndex is not { } index)
        {
            return definition;
        }
        return new PackageDefinition
        {
            Requires = definition.Requires,
            Variants = [definition.Variants[index]],
            BuildRequires = definition.BuildRequires,
            Timestamp = definition.Timestamp,
        };
    }
}
