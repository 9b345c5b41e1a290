using System.Collections.Concurrent;

namespace Rer.Insights.Explaining.Worlds;

/// <summary>
/// A repository that remembers the definitions that a solve read. An explanation needs only these, and reads them again
/// and again.
/// </summary>
internal sealed class RecordingRepository(IPackageRepository repository) : IPackageRepository
{
    private readonly ConcurrentDictionary<(string Family, string Version), PackageDefinition> _definitions = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _versions = new();

    /// <summary>The definitions that were read, with their families and versions, in no particular order.</summary>
    public IEnumerable<KeyValuePair<(string Family, string Version), PackageDefinition>> Definitions => _definitions;

    /// <summary>The families that were read, in no particular order.</summary>
    public IEnumerable<string> Families => _versions.Keys;

    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths => repository.SearchPaths;

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => repository.GetFamilies();

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family) => _versions.GetOrAdd(family, repository.GetVersions);

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version) =>
        _definitions.GetOrAdd((family, version), key => repository.GetDefinition(key.Family, key.Version));

    /// <inheritdoc />
    public void PrepareFamilies(IReadOnlyList<string> families) => repository.PrepareFamilies(families);

    /// <inheritdoc />
    public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenReady = null) =>
        repository.Prepare(packages, whenReady);
}
