using Rer.Compiling;
using Rer.Repositories;
using Rer.Versions;

namespace Rer.Native;

/// <summary>Several repositories as one. If versions are equal, the first repository that has them wins.</summary>
/// <remarks>Corresponds to <c>rez.packages.iter_packages</c>, which skips versions that an earlier path has.</remarks>
/// <param name="layers">The repositories.</param>
/// <param name="searchPaths">The searched places as named in messages; null to use the names of the
/// repositories.</param>
/// <param name="indexes">The indexes that the repositories read.</param>
internal sealed class LayeredRepository(
    IReadOnlyList<IPackageRepository> layers,
    IReadOnlyList<string>? searchPaths,
    IReadOnlyList<PackageIndex> indexes
) : IPackageRepository, ICompiledSource
{
    public IReadOnlyList<string> SearchPaths { get; } =
        searchPaths ?? [.. layers.SelectMany(layer => layer.SearchPaths)];

    /// <summary>
    /// The only repository, if there is just one; otherwise all of them. A single repository may know more about its
    /// packages.
    /// </summary>
    public IPackageRepository Simplest => layers is [var only] && searchPaths is null ? only : this;

    public IEnumerable<string> GetFamilies() => layers.SelectMany(layer => layer.GetFamilies()).Distinct();

    public IReadOnlyList<string> GetVersions(string family)
    {
        IReadOnlyList<string>[] listings = [.. layers.Select(layer => layer.GetVersions(family))];
        if (listings.Count(listing => listing.Count > 0) <= 1)
        {
            return listings.FirstOrDefault(listing => listing.Count > 0) ?? [];
        }

        HashSet<Versions.Version> seen = [];
        List<string> versions = [];
        foreach (IReadOnlyList<string> listing in listings)
        {
            // Duplicates within one layer are left to that layer.
            string[] added = [.. listing.Where(text => !seen.Contains(Parse(family, text)))];
            seen.UnionWith(added.Select(text => Parse(family, text)));
            versions.AddRange(added);
        }

        return versions;
    }

    public PackageDefinition GetDefinition(string family, string version) =>
        LayerOf(family, version).GetDefinition(family, version);

    /// <summary>
    /// The index of the source that has a version; null if the source is not certain. See
    /// <see cref="PathsRepository.IsCertainOf"/>.
    /// </summary>
    public int? PlaceOf(string family, string version)
    {
        int[] places = [.. Enumerable.Range(0, layers.Count).Where(place => Has(layers[place], family))];
        int holder =
            places.Length == 1
                ? places[0]
                : Array.Find(places, place => layers[place].GetVersions(family).Contains(version));
        return layers[holder] is PathsRepository paths && paths.IsCertainOf(family, version) ? holder : null;
    }

    /// <summary>Saves what the indexes have learnt. If that fails, the answers are still correct.</summary>
    public void SaveIndexes()
    {
        foreach (PackageIndex index in indexes)
        {
            index.Save();
        }
    }

    public bool Has(string family) => layers.Any(layer => Has(layer, family));

    /// <summary>The compiled form of a family, if only one layer has the family.</summary>
    public StoredFamily? FindCompiled(string family)
    {
        IPackageRepository? only = null;
        foreach (IPackageRepository layer in layers)
        {
            if (Has(layer, family))
            {
                if (only is not null)
                {
                    return null;
                }

                only = layer;
            }
        }

        return (only as ICompiledSource)?.FindCompiled(family);
    }

    public void EndSolve()
    {
        foreach (ICompiledSource source in layers.OfType<ICompiledSource>())
        {
            source.EndSolve();
        }
    }

    public void PrepareFamilies(IReadOnlyList<string> families)
    {
        foreach (IPackageRepository layer in layers)
        {
            layer.PrepareFamilies(families);
        }
    }

    // A family counts as listed once every layer has listed it. That is not known if there are several layers.
    public void PrepareFamilies(IReadOnlyList<string> families, Action<int> whenListed)
    {
        if (layers is [ICompiledSource only])
        {
            only.PrepareFamilies(families, whenListed);
        }
        else
        {
            PrepareFamilies(families);
        }
    }

    public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenReady)
    {
        foreach (
            var layer in Enumerable
                .Range(0, packages.Count)
                .GroupBy(place => LayerOf(packages[place].Family, packages[place].Version))
        )
        {
            int[] places = [.. layer];
            layer.Key.Prepare(
                Array.ConvertAll(places, place => packages[place]),
                whenReady is null ? null : place => whenReady(places[place])
            );
        }
    }

    private static bool Has(IPackageRepository layer, string family) =>
        layer is ICompiledSource source ? source.Has(family) : layer.GetVersions(family).Count > 0;

    private IPackageRepository LayerOf(string family, string version) =>
        layers.Count == 1 ? layers[0] : layers.First(layer => layer.GetVersions(family).Contains(version));

    private static Versions.Version Parse(string family, string text)
    {
        try
        {
            return Versions.Version.Parse(text);
        }
        catch (VersionSyntaxException e)
        {
            throw new PackageDataException($"package '{family}-{text}': {e.Message}", e);
        }
    }
}
