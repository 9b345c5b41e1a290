namespace Rer.Cli.Explaining;

/// <summary>A repository of one package without requirements: what a filter or a requirement says of that version.</summary>
internal sealed class SingleVersionRepository(IPackageRepository repository, string family, string version)
    : IPackageRepository
{
    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths => repository.SearchPaths;

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => [family];

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string name) => name == family ? [version] : [];

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string name, string text) =>
        new() { Timestamp = repository.GetDefinition(name, text).Timestamp };
}
