namespace Rer.Repositories.Filesystem;

/// <summary>What a family's directory tells of its versions.</summary>
/// <param name="Versions">The versions, in order; an empty one stands for an unversioned package.</param>
/// <param name="DependsOnNothingElse">Whether the directory alone decides them: no links, and no versions that are
/// being built, which show by what their own directories hold.</param>
internal sealed record FamilyListing(string[] Versions, bool DependsOnNothingElse)
{
    private const string IgnorePrefix = ".ignore";
    private const string BuildingPrefix = ".building";

    /// <summary>Lists a family. <c>iter_packages</c>, <c>_get_version_dirs</c>.</summary>
    /// <param name="directory">The family's directory.</param>
    /// <param name="withLinks">Whether links are looked for; without, nothing is known to be independent.</param>
    /// <exception cref="PackageDataException">The directory cannot be listed.</exception>
    public static FamilyListing Read(string directory, bool withLinks)
    {
        List<string> versions = [];
        HashSet<string> building = [];
        HashSet<string> ignored = [];
        bool independent = withLinks;
        foreach (DirectoryEntry entry in DirectoryListing.Read(directory, withLinks))
        {
            string name = entry.Name;
            independent &= !entry.IsLink;
            if (name is "package.py" or "package.yaml" && IsFile(directory, name))
            {
                return new FamilyListing([""], withLinks && !entry.IsLink);
            }
            bool isBuilding = name.StartsWith(BuildingPrefix, StringComparison.Ordinal);
            if (isBuilding)
            {
                building.Add(name[BuildingPrefix.Length..]);
            }
            else if (name.StartsWith(IgnorePrefix, StringComparison.Ordinal) && IsFile(directory, name))
            {
                ignored.Add(name[IgnorePrefix.Length..]);
            }
            if (entry.IsDirectory && (name[0] != '.' || isBuilding))
            {
                versions.Add(name);
            }
        }
        versions.RemoveAll(version =>
            ignored.Contains(version)
            || (building.Contains(version) && !DefinitionFile.IsIn(Path.Combine(directory, version)))
        );
        // rez takes them in the order of a set, which changes from run to run.
        versions.Sort(StringComparer.Ordinal);
        return new FamilyListing([.. versions], independent && building.Count == 0);
    }

    private static bool IsFile(string directory, string name) =>
        FileIdentity.Of(Path.Combine(directory, name)).Kind == FileKind.File;
}
