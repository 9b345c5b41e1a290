namespace Rer.Cli.Input;

/// <summary>A repository under the name that the user knows it by, which messages then show.</summary>
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
