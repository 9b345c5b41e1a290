using Rer.Repositories.Disk;
using Rer.Repositories.Filesystem;

namespace Rer.Repositories.Indexing;

/// <summary>Looks at the disk whether what an index has of a family still holds.</summary>
internal static class FamilyLooks
{
    /// <summary>Whether a family's versions are those of its entry: one look at its directory.</summary>
    /// <param name="root">The package path.</param>
    /// <param name="directory">The family's directory.</param>
    /// <param name="entry">Its entry.</param>
    public static bool ListingHolds(DirectoryRoot root, string directory, FamilyEntry entry)
    {
        FileLook found = root.Look(directory);
        if (entry.Kind == FamilyKind.Directory)
        {
            return entry.Identity.Holds(found);
        }
        if (found.Kind == FileKind.Directory)
        {
            return false;
        }
        FileLook python = root.Look(directory + DefinitionFile.Extensions[0]);
        return entry.Kind == FamilyKind.Python
            ? entry.Identity.Holds(python)
            : python.Kind != FileKind.File && entry.Identity.Holds(root.Look(directory + DefinitionFile.Extensions[1]));
    }

    /// <summary>Whether the definition of a version is that of its entry: one look at its file, and one more at what is
    /// around it if that counts too.</summary>
    /// <param name="root">The package path.</param>
    /// <param name="directory">The family's directory.</param>
    /// <param name="entry">Its entry.</param>
    /// <param name="place">The place of the version in it.</param>
    public static bool DefinitionHolds(DirectoryRoot root, string directory, FamilyEntry entry, int place)
    {
        DefinitionIdentity kept = entry.ReadIdentity(place);
        string inFamily = Path.Join(directory, entry.Versions[place]);
        (string file, FileLook found) = DefinitionFile.FindIn(root, inFamily);
        return kept.File.Holds(found)
            && kept.IsYaml == DefinitionFile.IsYaml(file)
            && (kept.Directory.Kind == FileKind.None || kept.Directory.Holds(root.Look(inFamily)));
    }
}
