using Rer.Versions;

namespace Rer.Repositories.Filesystem;

/// <summary>A family over all package paths.</summary>
internal sealed class RepositoryFamily
{
    private readonly string[] _texts;

    // Null if the versions are sorted, as they are in a directory. Then a version is found by binary search.
    private readonly Dictionary<string, RepositoryPackage>? _byVersion;

    public RepositoryFamily(List<RepositoryPackage> packages, List<Version> versions)
    {
        Packages = packages;
        _texts = new string[packages.Count];
        bool inOrder = true;
        for (int i = 0; i < _texts.Length; i++)
        {
            _texts[i] = packages[i].Version;
            inOrder &= i == 0 || string.CompareOrdinal(_texts[i - 1], _texts[i]) < 0;
        }
        if (!inOrder)
        {
            _byVersion = [];
            // Only a damaged index lists a version twice.
            packages.ForEach(package => _byVersion.TryAdd(package.Version, package));
        }
        Versions = new ParsedVersions(_texts, [.. versions]);
    }

    public List<RepositoryPackage> Packages { get; }

    public ParsedVersions Versions { get; }

    /// <summary>Whether a solve has asked for its definitions.</summary>
    public bool IsClaimed { get; set; }

    public RepositoryPackage Find(string version)
    {
        RepositoryPackage? package = null;
        if (_byVersion is not null)
        {
            _byVersion.TryGetValue(version, out package);
        }
        else if (Array.BinarySearch(_texts, version, StringComparer.Ordinal) is >= 0 and var place)
        {
            package = Packages[place];
        }
        return package ?? throw new ArgumentException($"'{version}' was not listed", nameof(version));
    }
}
