namespace Rer.Cli.Input;

/// <summary>A repository under the name by which the user knows it, which messages show.</summary>
internal sealed class LocatedRepository(IPackageRepository repository, string location) : IPackageRepository
{
    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths { get; } = [location];

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => repository.GetFamilies();

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family) => repository.GetVersions(family);

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version) => repository.GetDefinition(family, version);
}
