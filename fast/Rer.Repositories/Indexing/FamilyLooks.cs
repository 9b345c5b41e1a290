using Rer.Repositories.Disk;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Indexing;

/// <summary>Checks on disk whether what an index knows about a family is still valid.</summary>
internal static class FamilyLooks
{
    /// <summary>Whether a family still has the versions of its entry. For a directory, this takes one look.</summary>
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

    /// <summary>
    /// Whether a version still has the definition in its entry. This takes one look, at its file. If the entry also
    /// depends on the version's directory, that look has fetched the directory's attributes.
    /// </summary>
    /// <param name="root">The package path.</param>
    /// <param name="directory">The family's directory.</param>
    /// <param name="entry">Its entry.</param>
    /// <param name="place">The position of the version in the entry.</param>
    public static bool DefinitionHolds(DirectoryRoot root, string directory, FamilyEntry entry, int place)
    {
        DefinitionIdentity kept = entry.ReadIdentity(place);
        string version = entry.Versions[place];
        return kept.File.Holds(root.Look(directory, version, DefinitionFile.NameOf(kept.IsYaml)))
            && (
                kept.Directory.Kind == FileKind.None
                || kept.Directory.Holds(root.LookAround(Path.Join(directory, version)))
            );
    }
}
