using Rer.Compiling;
using Rer.Repositories.Disk;
using Rer.Repositories.Python;

namespace Rer.Repositories.Layout;

/// <summary>The families of a package path. Corresponds to <c>_get_family_dirs</c>.</summary>
/// <param name="Names">Their names. Some may turn out to have no versions.</param>
/// <param name="Directory">The state of the package path when it was listed.</param>
/// <param name="DependsOnNothingElse">Whether the families depend only on the package path in that state. They do not
/// if it contains links, whose targets may appear later.</param>
internal sealed record RootListing(IReadOnlyList<string> Names, FileLook Directory, bool DependsOnNothingElse)
{
    /// <summary>Lists a package path. If it does not exist, it has no families.</summary>
    /// <exception cref="PackageDataException">The package path cannot be listed.</exception>
    public static RootListing Read(DirectoryRoot root)
    {
        DirectoryContent content = root.List(root.Path);
        if (content.Error is not null)
        {
            throw DefinitionError.In(root.Path, $"cannot list the directory: {content.Error}");
        }
        List<string> names = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        bool independent = content.IsSteady;
        foreach (DirectoryEntry entry in content.Entries)
        {
            string extension = Path.GetExtension(entry.Name);
            FileKind kind = root.KindOf(root.Path, entry);
            independent &= kind is FileKind.Directory or FileKind.File || entry.Kind != EntryKind.Link;
            bool isDirectory = kind == FileKind.Directory;
            bool combined =
                !isDirectory && entry.Name != "settings.yaml" && DefinitionFile.Extensions.Contains(extension);
            string name = combined ? entry.Name[..^extension.Length] : entry.Name;
            if ((isDirectory || combined) && IsPackageName(name) && seen.Add(name))
            {
                names.Add(name);
            }
        }
        return new RootListing(names, content.Directory, independent);
    }

    /// <summary>Whether a name is valid for a family. Ephemerals are not packages.</summary>
    public static bool IsPackageName(string name) => !name.StartsWith('.') && PackageName.IsValid(name);
}
