using System.Collections.Concurrent;
using Rer.Compiling;
using Rer.Repositories;

namespace Rer.Native;

/// <summary>
/// Packages on disk. The caller is first asked for families that it already knows, and later for everything that only
/// Python can tell.
/// </summary>
/// <param name="files">The packages on disk.</param>
/// <param name="callback">Asked for definitions that need Python.</param>
/// <param name="known">Asked for families that the caller knows; null if it knows none.</param>
/// <param name="unknownNames">Names that rez 3.4.0 defines for definitions and the caller's rez does not. The caller is
/// asked for definitions that use one.</param>
internal sealed class PathsRepository(
    FilesystemRepository files,
    CallbackRepository callback,
    CallbackRepository? known,
    IReadOnlyCollection<string> unknownNames
) : IPackageRepository, ICompiledSource
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, PackageDefinition?>?> _known = new();

    public IReadOnlyList<string> SearchPaths => files.SearchPaths;

    public IEnumerable<string> GetFamilies() => files.GetFamilies();

    public IReadOnlyList<string> GetVersions(string family)
    {
        if (Known(family) is { } versions)
        {
            return [.. versions.Keys];
        }

        try
        {
            return files.GetVersions(family);
        }
        catch (PackageDataException e) when (e.NeedsPython)
        {
            return callback.GetVersions(family);
        }
    }

    public PackageDefinition GetDefinition(string family, string version)
    {
        IReadOnlyDictionary<string, PackageDefinition?>? versions = Known(family);
        if (versions?.GetValueOrDefault(version) is { } known)
        {
            return known;
        }

        try
        {
            PackageDefinition definition = files.GetDefinition(family, version);
            // A list may turn out to be computed by code only when it is read.
            _ = definition.BuildRequires.Count;
            return definition.DependsOn.Any(unknownNames.Contains)
                ? callback.AskDefinition(family, version)
                : definition;
        }
        catch (PackageDataException e) when (e.NeedsPython || versions is not null)
        {
            return callback.AskDefinition(family, version);
        }
        catch (ArgumentException) when (versions is not null)
        {
            // The caller listed the version before it disappeared.
            return callback.AskDefinition(family, version);
        }
    }

    public bool Has(string family)
    {
        if (Known(family) is { } versions)
        {
            return versions.Count > 0;
        }

        try
        {
            return ((ICompiledSource)files).Has(family);
        }
        catch (PackageDataException e) when (e.NeedsPython)
        {
            return callback.GetVersions(family).Count > 0;
        }
    }

    public StoredFamily? FindCompiled(string family)
    {
        if (Known(family) is not null)
        {
            return null;
        }

        try
        {
            return ((ICompiledSource)files).FindCompiled(family);
        }
        catch (PackageDataException e) when (e.NeedsPython)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether it is certain that the version comes from these paths: the caller knows the family, or the version has
    /// its own directory.
    /// </summary>
    public bool IsCertainOf(string family, string version)
    {
        try
        {
            return Known(family) is not null || files.HasDirectory(family, version);
        }
        catch (PackageDataException e) when (e.NeedsPython)
        {
            return false;
        }
    }

    public void EndSolve() => ((ICompiledSource)files).EndSolve();

    public void PrepareFamilies(IReadOnlyList<string> families) =>
        files.PrepareFamilies([.. families.Where(family => Known(family) is null)]);

    public void PrepareFamilies(IReadOnlyList<string> families, Action<int> whenListed)
    {
        int[] places = [.. Enumerable.Range(0, families.Count).Where(place => Known(families[place]) is null)];
        string[] unknown = Array.ConvertAll(places, place => families[place]);
        ((ICompiledSource)files).PrepareFamilies(unknown, place => whenListed(places[place]));
    }

    // The caller may have to be asked for some of them, so none is reported as ready.
    public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenReady) =>
        files.Prepare([.. packages.Where(package => Known(package.Family) is null)]);

    private IReadOnlyDictionary<string, PackageDefinition?>? Known(string family) =>
        known is null ? null : _known.GetOrAdd(family, static (name, callback) => callback.FindFamily(name), known);
}
