using Rer.Compiling;
using Rer.Repositories.Caching;
using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;

namespace Rer.Repositories.Filesystem;

/// <summary>One package path: a directory of families. Answers to <c>FileSystemPackageRepository</c>.</summary>
/// <param name="root">The directory.</param>
/// <param name="python">What evaluates what cannot be known without Python; null to stop there.</param>
/// <param name="cache">What remembers listings and definitions; null to read them all.</param>
/// <param name="statistics">What is counted.</param>
internal sealed class PackageLocation(
    DirectoryRoot root,
    PythonEvaluator? python,
    DefinitionCache? cache,
    RepositoryStatistics statistics
)
{
    /// <summary>The family of a name; null if this path has none. <c>_get_family</c>.</summary>
    /// <exception cref="PackageDataException">The name is no package name, or the family cannot be listed.</exception>
    public IFamilySource? FindFamily(string name)
    {
        if (!IsPackageName(name))
        {
            throw new PackageDataException($"Not a valid package name: '{name}'");
        }
        try
        {
            IFamilySource? source = FindSource(name);
            return source is null || python is null
                ? source
                : new EvaluatedFamily(root.Path, name, source, python, statistics);
        }
        catch (PackageDataException e) when (e.NeedsPython && python is not null)
        {
            return new EvaluatedFamily(root.Path, name, source: null, python, statistics);
        }
    }

    private IFamilySource? FindSource(string name)
    {
        string path = Path.Combine(root.Path, name);
        CachedFamily? cached = cache?.Open(root.Path, name);
        if (!OperatingSystem.IsWindows() && cached?.FindListing(root, path) is { } versions)
        {
            return new DirectoryFamily(root, path, versions, cached, statistics);
        }
        if (FamilyListing.Read(root, path) is { } listing)
        {
            if (!HasCaseOf(name))
            {
                return null;
            }
            if (listing.DependsOnNothingElse)
            {
                cached?.KeepListing(listing.Directory, listing.Versions);
            }
            return new DirectoryFamily(root, path, listing.Versions, cached, statistics);
        }
        foreach (string extension in DefinitionFile.Extensions)
        {
            if (CombinedFamily.TryRead(root, name, extension) is { } family)
            {
                return HasCaseOf(name + extension) ? family : null;
            }
        }
        return null;
    }

    /// <summary>The names of all families; some may turn out to have no versions. <c>_get_family_dirs</c>.</summary>
    /// <exception cref="PackageDataException">The directory cannot be listed.</exception>
    public IEnumerable<string> GetFamilies()
    {
        DirectoryContent content = root.List(root.Path);
        if (content.Error is not null)
        {
            throw DefinitionError.In(root.Path, $"cannot list the directory: {content.Error}");
        }
        List<string> names = [];
        foreach (DirectoryEntry entry in content.Entries)
        {
            string extension = Path.GetExtension(entry.Name);
            bool isDirectory = root.KindOf(root.Path, entry) == FileKind.Directory;
            bool combined =
                !isDirectory && entry.Name != "settings.yaml" && DefinitionFile.Extensions.Contains(extension);
            string name = combined ? entry.Name[..^extension.Length] : entry.Name;
            if ((isDirectory || combined) && IsPackageName(name))
            {
                names.Add(name);
            }
        }
        return names;
    }

    /// <summary>
    /// Whether a file is written in exactly this case: on Windows, where any case finds it, rez looks at the listing.
    /// </summary>
    private bool HasCaseOf(string file) => !OperatingSystem.IsWindows() || IsListed(root.Path, file);

    /// <summary>Whether a directory's listing has a name in exactly this case.</summary>
    internal static bool IsListed(string directory, string name) =>
        Directory.EnumerateFileSystemEntries(directory, name).Any(path => Path.GetFileName(path) == name);

    // Ephemerals are no packages.
    private static bool IsPackageName(string name) => !name.StartsWith('.') && PackageName.IsValid(name);
}
