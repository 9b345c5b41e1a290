using Rer.Compiling;
using Rer.Repositories.Disk;
using Rer.Repositories.Python;

namespace Rer.Repositories.Layout;

/// <summary>The families of a package path. Answers to <c>_get_family_dirs</c>.</summary>
/// <param name="Names">Their names; some may turn out to have no versions.</param>
/// <param name="Directory">The package path as it was when it was listed.</param>
/// <param name="DependsOnNothingElse">Whether the package path, as it was, alone decides which there are: no links that may
/// come to lead somewhere.</param>
internal sealed record RootListing(IReadOnlyList<string> Names, FileLook Directory, bool DependsOnNothingElse)
{
    /// <summary>Lists a package path; one that does not exist has no families.</summary>
    /// <exception cref="PackageDataException">It cannot be listed.</exception>
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

    /// <summary>Whether a family may be called so. Ephemerals are no packages.</summary>
    public static bool IsPackageName(string name) => !name.StartsWith('.') && PackageName.IsValid(name);
}
