using Rer.Repositories.Disk;
using Rer.Repositories.Indexing;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Filesystem;

/// <summary>One package path: a directory of families. Corresponds to <c>FileSystemPackageRepository</c>.</summary>
/// <param name="root">The directory.</param>
/// <param name="python">Evaluates what cannot be known without Python; null to treat it as an error.</param>
/// <param name="index">What is known about the path; null to read everything.</param>
/// <param name="statistics">Counts what is done.</param>
internal sealed class PackageLocation(
    DirectoryRoot root,
    PythonEvaluator? python,
    LocationIndex? index,
    RepositoryStatistics statistics
)
{
    /// <summary>A family by name; null if this path does not have it. Corresponds to <c>_get_family</c>.</summary>
    /// <exception cref="PackageDataException">The name is not a valid package name, or the family cannot be
    /// listed.</exception>
    public IFamilySource? FindFamily(string name)
    {
        if (!RootListing.IsPackageName(name))
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

    /// <summary>
    /// Whether listing a family does not wait for a disk: an index provides it, or knows that it does not exist.
    /// </summary>
    public bool ListsAtOnce(string name) =>
        index is not null && (index.IsTrusted || (index.Checks is not null && index.MayHave(name)));

    /// <summary>Whether an index hands out a family at once, to be checked later if a solve uses it.</summary>
    public bool IsCheckedBehind(string name) => index?.Checks is not null && index.Open(name).IsKnown;

    private IFamilySource? FindSource(string name)
    {
        IndexedFamily? indexed = index?.Open(name);
        string path = indexed?.Directory ?? Path.Combine(root.Path, name);
        if (indexed is not null)
        {
            if (indexed.Find() is { } known)
            {
                return SourceOf(indexed, known, path);
            }
            if (indexed.IsAbsent())
            {
                return null;
            }
        }
        DateTimeOffset begun = DateTimeOffset.UtcNow;
        if (ListedVersions.Read(root, path) is { } listing)
        {
            if (!HasCaseOf(name))
            {
                return null;
            }
            if (listing.DependsOnNothingElse && listing.Directory.IsSettledAt(begun))
            {
                indexed?.KeepListing(FamilyKind.Directory, listing.Directory, listing.Versions);
            }
            return new DirectoryFamily(root, path, listing.Versions, indexed, python is not null, statistics);
        }
        foreach (string extension in DefinitionFile.Extensions)
        {
            if (CombinedFamily.TryRead(root, name, extension) is { } family)
            {
                return HasCaseOf(name + extension) ? Learn(family, extension, indexed) : null;
            }
        }
        return null;
    }

    private static IFamilySource Learn(CombinedFamily family, string extension, IndexedFamily? indexed)
    {
        FamilyKind kind = DefinitionFile.IsYaml(extension) ? FamilyKind.Yaml : FamilyKind.Python;
        return indexed is not null && family.IsSettled ? new LearntCombinedFamily(family, kind, indexed) : family;
    }

    private IFamilySource SourceOf(IndexedFamily indexed, FamilyEntry known, string path) =>
        known.Kind == FamilyKind.Directory
            ? new DirectoryFamily(root, path, known.Versions, indexed, python is not null, statistics)
            : new IndexedCombinedFamily(root, indexed, known, python is not null, statistics);

    /// <summary>
    /// The names of all families. Some may turn out to have no versions. Corresponds to <c>_get_family_dirs</c>.
    /// </summary>
    /// <exception cref="PackageDataException">The directory cannot be listed.</exception>
    public IEnumerable<string> GetFamilies()
    {
        if (index?.FindNames() is { } known)
        {
            return known;
        }
        return RootListing.Read(root).Names;
    }

    /// <summary>
    /// Whether a file name has exactly this case. Windows finds a file in any case, so rez looks at the listing there.
    /// </summary>
    private bool HasCaseOf(string file) => !OperatingSystem.IsWindows() || IsListed(root.Path, file);

    /// <summary>Whether a directory's listing contains a name in exactly this case.</summary>
    internal static bool IsListed(string directory, string name) =>
        Directory.EnumerateFileSystemEntries(directory, name).Any(path => Path.GetFileName(path) == name);
}
