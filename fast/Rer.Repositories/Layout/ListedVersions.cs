using Rer.Repositories.Disk;
using Rer.Repositories.Python;

namespace Rer.Repositories.Layout;

/// <summary>The versions found in a family's directory.</summary>
/// <param name="Versions">The versions, in order. An empty text is an unversioned package.</param>
/// <param name="Directory">The state of the directory when it was listed.</param>
/// <param name="DependsOnNothingElse">Whether the versions depend only on the directory in that state. They do not if
/// it contains links, or versions that are being built: rez recognises those by the contents of their own
/// directories.</param>
internal sealed record ListedVersions(string[] Versions, FileLook Directory, bool DependsOnNothingElse)
{
    private const string IgnorePrefix = ".ignore";
    private const string BuildingPrefix = ".building";

    /// <summary>
    /// Lists a family; null if there is no such directory. Corresponds to <c>iter_packages</c> and
    /// <c>_get_version_dirs</c>.
    /// </summary>
    /// <param name="root">The package path.</param>
    /// <param name="directory">The family's directory.</param>
    /// <exception cref="PackageDataException">The directory cannot be listed.</exception>
    public static ListedVersions? Read(DirectoryRoot root, string directory)
    {
        DirectoryContent content = root.List(directory);
        if (content.Error is not null)
        {
            throw DefinitionError.In(directory, $"cannot list the directory: {content.Error}");
        }
        return content.Directory.Kind == FileKind.None ? null : Sort(root, directory, content);
    }

    private static ListedVersions Sort(DirectoryRoot root, string directory, DirectoryContent content)
    {
        List<string> versions = [];
        HashSet<string> building = [];
        HashSet<string> ignored = [];
        bool independent = content.IsSteady;
        foreach (DirectoryEntry entry in content.Entries)
        {
            string name = entry.Name;
            independent &= entry.Kind != EntryKind.Link;
            if (name is "package.py" or "package.yaml" && Is(FileKind.File, entry))
            {
                return new ListedVersions([""], content.Directory, content.IsSteady && entry.Kind != EntryKind.Link);
            }
            bool isBuilding = name.StartsWith(BuildingPrefix, StringComparison.Ordinal);
            if (isBuilding)
            {
                building.Add(name[BuildingPrefix.Length..]);
            }
            else if (name.StartsWith(IgnorePrefix, StringComparison.Ordinal) && Is(FileKind.File, entry))
            {
                ignored.Add(name[IgnorePrefix.Length..]);
            }
            if ((name[0] != '.' || isBuilding) && Is(FileKind.Directory, entry))
            {
                versions.Add(name);
            }
        }
        versions.RemoveAll(version =>
            ignored.Contains(version)
            || (building.Contains(version) && !DefinitionFile.IsIn(root, Path.Combine(directory, version)))
        );
        // rez uses the order of a set, which changes from run to run.
        versions.Sort(StringComparer.Ordinal);
        return new ListedVersions([.. versions], content.Directory, independent && building.Count == 0);

        bool Is(FileKind kind, DirectoryEntry entry) => root.KindOf(directory, entry) == kind;
    }
}
