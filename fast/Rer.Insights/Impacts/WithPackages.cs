using Version = Rer.Versions.Version;

namespace Rer.Insights;

/// <summary>
/// A repository with other packages added, as if they were released into it. The original is not touched. If both have
/// a version, the added one wins, as if it were in an earlier package path of rez.
/// </summary>
public sealed class WithPackages : IPackageRepository
{
    private readonly IPackageRepository _source;
    private readonly IPackageRepository _added;

    /// <summary>Adds packages.</summary>
    /// <param name="source">The repository.</param>
    /// <param name="added">The packages to add.</param>
    public WithPackages(IPackageRepository source, IPackageRepository added)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(added);
        _source = source;
        _added = added;
    }

    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths => [.. _added.SearchPaths, .. _source.SearchPaths];

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => _added.GetFamilies().Union(_source.GetFamilies());

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family)
    {
        IReadOnlyList<string> added = _added.GetVersions(family);
        if (added.Count == 0)
        {
            return _source.GetVersions(family);
        }
        HashSet<Version> seen = [.. added.Select(Version.Parse)];
        return
        [
            .. added,
            .. _source
                .GetVersions(family)
                .Where(version => !Version.TryParse(version, out Version? parsed) || seen.Add(parsed)),
        ];
    }

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version) =>
        (IsAdded((family, version)) ? _added : _source).GetDefinition(family, version);

    /// <inheritdoc />
    public void PrepareFamilies(IReadOnlyList<string> families)
    {
        _added.PrepareFamilies(families);
        _source.PrepareFamilies(families);
    }

    /// <inheritdoc />
    public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenReady = null)
    {
        ArgumentNullException.ThrowIfNull(packages);
        foreach (bool isAdded in (bool[])[true, false])
        {
            int[] places = [.. Enumerable.Range(0, packages.Count).Where(place => IsAdded(packages[place]) == isAdded)];
            if (places.Length > 0)
            {
                (isAdded ? _added : _source).Prepare(
                    [.. places.Select(place => packages[place])],
                    whenReady is null ? null : place => whenReady(places[place])
                );
            }
        }
    }

    private bool IsAdded((string Family, string Version) package) =>
        _added.GetVersions(package.Family).Contains(package.Version);
}
