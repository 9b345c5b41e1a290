using System.Collections.Concurrent;
using Rer.Compiling;
using Rer.Repositories;

namespace Rer.Native;

/// <summary>
/// Packages on disk; what cannot be known without Python, the caller is asked for, and before that for what it has
/// looked at already and wants to have so.
/// </summary>
/// <param name="files">The packages on disk.</param>
/// <param name="asked">What is asked for definitions that need Python.</param>
/// <param name="known">What is asked for families that the caller knows; null where it knows none.</param>
/// <param name="unknownNames">Names that rez 3.4.0 defines for definitions and the caller's rez does not: it is asked for
/// those that use one.</param>
internal sealed class PathsRepository(
    FilesystemRepository files,
    AskedRepository asked,
    AskedRepository? known,
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
            return asked.GetVersions(family);
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
            // Reading the list is what finds out that it is computed by code.
            _ = definition.BuildRequires.Count;
            return definition.DependsOn.Any(unknownNames.Contains) ? asked.AskDefinition(family, version) : definition;
        }
        catch (PackageDataException e) when (e.NeedsPython || versions is not null)
        {
            return asked.AskDefinition(family, version);
        }
        catch (ArgumentException) when (versions is not null)
        {
            // The caller listed it before it went.
            return asked.AskDefinition(family, version);
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
            return asked.GetVersions(family).Count > 0;
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

    /// <summary>Whether it is known how a version stands here: the caller has looked at its family, or it has a directory
    /// of its own.</summary>
    public bool Tells(string family, string version)
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

    // Some may have to be asked for: none is said to be at hand.
    public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenAtHand) =>
        files.Prepare([.. packages.Where(package => Known(package.Family) is null)]);

    private IReadOnlyDictionary<string, PackageDefinition?>? Known(string family) =>
        known is null ? null : _known.GetOrAdd(family, static (name, asked) => asked.FindFamily(name), known);
}
