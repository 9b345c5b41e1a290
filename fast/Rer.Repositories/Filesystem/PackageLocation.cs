using Rer.Compiling;
using Rer.Repositories.Caching;

namespace Rer.Repositories.Filesystem;

/// <summary>One package path: a directory of families. Answers to <c>FileSystemPackageRepository</c>.</summary>
/// <param name="directory">Its full path.</param>
/// <param name="python">What evaluates what cannot be known without Python; null to stop there.</param>
/// <param name="cache">What remembers listings and definitions; null to read them all.</param>
/// <param name="statistics">What is counted.</param>
internal sealed class PackageLocation(
    string directory,
    PythonEvaluator? python,
    DefinitionCache? cache,
    RepositoryStatistics statistics
)
{
    private readonly BaseDirectory _root = new(directory);

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
                : new EvaluatedFamily(directory, name, source, python, statistics);
        }
        catch (PackageDataException e) when (e.NeedsPython && python is not null)
        {
            return new EvaluatedFamily(directory, name, source: null, python, statistics);
        }
    }

    private IFamilySource? FindSource(string name)
    {
        string path = Path.Combine(directory, name);
        CachedFamily? cached = cache?.Open(directory, name);
        if (!OperatingSystem.IsWindows() && cached?.AssumeListing(_root, path) is { } versions)
        {
            return new DirectoryFamily(_root, path, versions, cached, statistics);
        }
        FileIdentity identity = FileIdentity.Of(_root, path);
        if (identity.Kind == FileKind.Directory)
        {
            return HasCaseOf(name) ? new DirectoryFamily(_root, path, identity, cached, statistics) : null;
        }
        foreach (string extension in DefinitionFile.Extensions)
        {
            if (FileIdentity.Of(_root, path + extension).Kind == FileKind.File)
            {
                return HasCaseOf(name + extension) ? CombinedFamily.Read(directory, name, extension) : null;
            }
        }
        return null;
    }

    /// <summary>The names of all families; some may turn out to have no versions. <c>_get_family_dirs</c>.</summary>
    /// <exception cref="PackageDataException">The directory cannot be listed.</exception>
    public IEnumerable<string> GetFamilies()
    {
        if (FileIdentity.Of(directory).Kind != FileKind.Directory)
        {
            return [];
        }
        List<string> names = [];
        foreach ((string entry, bool isDirectory, _) in DirectoryListing.Read(directory))
        {
            string extension = Path.GetExtension(entry);
            bool combined = !isDirectory && entry != "settings.yaml" && DefinitionFile.Extensions.Contains(extension);
            string name = combined ? entry[..^extension.Length] : entry;
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
    private bool HasCaseOf(string file) => !OperatingSystem.IsWindows() || IsListed(directory, file);

    /// <summary>Whether a directory's listing has a name in exactly this case.</summary>
    internal static bool IsListed(string directory, string name) =>
        Directory.EnumerateFileSystemEntries(directory, name).Any(path => Path.GetFileName(path) == name);

    // Ephemerals are no packages.
    private static bool IsPackageName(string name) => !name.StartsWith('.') && PackageName.IsValid(name);
}
