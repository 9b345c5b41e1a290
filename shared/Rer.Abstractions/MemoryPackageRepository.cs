namespace Rer;

/// <summary>A repository held in memory: what tests, generated repositories and books of cases are solved against.</summary>
/// <remarks>
/// Safe for concurrent readers. The dictionaries are kept, not copied: do not change them afterwards. Answers to
/// rez's package repository of type <c>memory</c>.
/// </remarks>
public sealed class MemoryPackageRepository : IPackageRepository
{
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, PackageDefinition>> _packages;
    private readonly Dictionary<string, string[]> _versions;

    /// <summary>Creates a repository from definitions by family and version.</summary>
    /// <param name="packages">Definitions by family, then by version text, in the order in which rez would list
    /// them.</param>
    /// <param name="location">How messages name the repository.</param>
    public MemoryPackageRepository(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, PackageDefinition>> packages,
        string location = "memory"
    )
    {
        ArgumentNullException.ThrowIfNull(packages);
        _packages = packages;
        _versions = packages.ToDictionary(family => family.Key, family => family.Value.Keys.ToArray());
        SearchPaths = [location];
    }

    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths { get; }

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => _packages.Keys;

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family) =>
        _versions.TryGetValue(family, out string[]? versions) ? versions : [];

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version) => _packages[family][version];
}
