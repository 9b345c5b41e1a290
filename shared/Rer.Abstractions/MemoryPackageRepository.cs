namespace Rer;

/// <summary>
/// A repository held in memory. Tests, generated repositories and books of cases are solved against it.
/// </summary>
/// <remarks>
/// Immutable and safe for concurrent readers. Corresponds to rez's package repository of type <c>memory</c>.
/// </remarks>
public sealed class MemoryPackageRepository : IPackageRepository
{
    private readonly Dictionary<string, Family> _families = [];

    /// <summary>Creates a repository from a list of packages.</summary>
    /// <param name="packages">The packages, each with its family, its version as text, and its definition. The packages
    /// of a family are given in the order in which rez would list them.</param>
    /// <exception cref="ArgumentException">A package lacks a family, version or definition, or is listed
    /// twice.</exception>
    public MemoryPackageRepository(IEnumerable<(string Family, string Version, PackageDefinition Definition)> packages)
        : this("memory")
    {
        ArgumentNullException.ThrowIfNull(packages);
        foreach ((string family, string version, PackageDefinition definition) in packages)
        {
            Add(family, version, definition);
        }
    }

    /// <summary>Creates a repository from definitions by family and version. The dictionaries are copied.</summary>
    /// <param name="packages">Definitions by family, then by version text, in the order in which rez would list
    /// them.</param>
    /// <param name="location">The repository's name in messages.</param>
    /// <exception cref="ArgumentException">A family has no dictionary, or a version has no definition.</exception>
    public MemoryPackageRepository(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, PackageDefinition>> packages,
        string location = "memory"
    )
        : this(location)
    {
        ArgumentNullException.ThrowIfNull(packages);
        foreach ((string family, IReadOnlyDictionary<string, PackageDefinition> versions) in packages)
        {
            if (versions is null)
            {
                throw new ArgumentException($"the family '{family}' has no dictionary of versions", nameof(packages));
            }
            // A family without versions still exists.
            _families[family] = new Family([], []);
            foreach ((string version, PackageDefinition definition) in versions)
            {
                Add(family, version, definition);
            }
        }
    }

    private MemoryPackageRepository(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        SearchPaths = [location];
    }

    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths { get; }

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => _families.Keys;

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family) =>
        _families.TryGetValue(family, out Family? found) ? found.Versions : [];

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version) =>
        _families.TryGetValue(family, out Family? found)
        && found.Definitions.TryGetValue(version, out PackageDefinition? definition)
            ? definition
            : throw new ArgumentException($"there is no version '{version}' of the family '{family}'");

    private void Add(string family, string version, PackageDefinition definition)
    {
        if (family is null || version is null || definition is null)
        {
            throw new ArgumentException($"the package '{family}-{version}' has no family, version or definition");
        }
        if (!_families.TryGetValue(family, out Family? found))
        {
            _families[family] = found = new Family([], []);
        }
        if (!found.Definitions.TryAdd(version, definition))
        {
            throw new ArgumentException($"the package '{family}-{version}' is listed twice");
        }
        found.Versions.Add(version);
    }

    /// <summary>A family's versions in order, and their definitions.</summary>
    private sealed record Family(List<string> Versions, Dictionary<string, PackageDefinition> Definitions);
}
