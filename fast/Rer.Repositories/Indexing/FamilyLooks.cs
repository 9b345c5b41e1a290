using Rer.Repositories.Disk;
using Rer.Repositories.Layout;

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

    /// <summary>Whether the definition of a version is that of its entry: one look at its file. What is around it, if that
    /// counts too, was found on the way.</summary>
    /// <param name="root">The package path.</param>
    /// <param name="directory">The family's directory.</param>
    /// <param name="entry">Its entry.</param>
    /// <param name="place">The place of the version in it.</param>
    public static bool DefinitionHolds(DirectoryRoot root, string directory, FamilyEntry entry, int place)
    {
        DefinitionIdentity kept = entry.ReadIdentity(place);
        string inFamily = Path.Join(directory, entry.Versions[place]);
        return kept.File.Holds(root.Look(inFamily, DefinitionFile.NameOf(kept.IsYaml)))
            && (kept.Directory.Kind == FileKind.None || kept.Directory.Holds(root.LookAround(inFamily)));
    }
}
