using Rer.Repositories.Definitions;

namespace Rer.Repositories.Filesystem;

/// <summary>
/// A family that is a directory: a subdirectory for each version, or a definition of its own if it is unversioned.
/// Answers to <c>FileSystemPackageFamilyResource</c> with rez's default <c>check_package_definition_files</c> (off).
/// </summary>
internal sealed class DirectoryFamily : IFamilySource
{
    private const string IgnorePrefix = ".ignore";
    private const string BuildingPrefix = ".building";

    private readonly string _location;
    private readonly string _name;

    private DirectoryFamily(string location, string name, string[] versions)
    {
        (_location, _name, Versions) = (location, name, versions);
    }

    public IReadOnlyList<string> Versions { get; }

    /// <summary>Lists a family. <c>iter_packages</c>, <c>_get_version_dirs</c>.</summary>
    /// <exception cref="PackageDataException">The directory cannot be listed.</exception>
    public static DirectoryFamily List(string location, string name)
    {
        string directory = Path.Combine(location, name);
        List<string> versions = [];
        List<string> building = [];
        HashSet<string> ignored = [];
        foreach ((string entry, bool isDirectory) in DirectoryListing.Read(directory))
        {
            if (entry is "package.py" or "package.yaml")
            {
                if (FileIdentity.Of(Path.Combine(directory, entry)).Kind == FileKind.File)
                {
                    return new DirectoryFamily(location, name, [""]);
                }
            }
            if (entry.StartsWith(IgnorePrefix, StringComparison.Ordinal) && !isDirectory)
            {
                ignored.Add(entry[IgnorePrefix.Length..]);
            }
            else if (entry.StartsWith(BuildingPrefix, StringComparison.Ordinal))
            {
                building.Add(entry[BuildingPrefix.Length..]);
            }
            if (isDirectory && (entry[0] != '.' || entry.StartsWith(BuildingPrefix, StringComparison.Ordinal)))
            {
                versions.Add(entry);
            }
        }
        versions.RemoveAll(version => IsHidden(directory, version, ignored, building));
        // rez takes them in the order of a set, which changes from run to run.
        versions.Sort(StringComparer.Ordinal);
        return new DirectoryFamily(location, name, [.. versions]);
    }

    /// <summary>
    /// Whether a version is marked as ignored, or as being built without a definition yet.
    /// </summary>
    private static bool IsHidden(string directory, string version, HashSet<string> ignored, List<string> building) =>
        (
            ignored.Contains(version)
            && FileIdentity.Of(Path.Combine(directory, IgnorePrefix + version)).Kind == FileKind.File
        )
        || (
            building.Contains(version)
            && DefinitionFile.FindIn(Path.Combine(directory, version)).Identity.Kind == FileKind.None
        );

    /// <inheritdoc />
    public string PathOf(string version) =>
        version.Length == 0 ? Path.Combine(_location, _name) : Path.Combine(_location, _name, version);

    /// <inheritdoc />
    public PackageDefinition Load(string version)
    {
        string directory = PathOf(version);
        (string path, FileIdentity identity) = DefinitionFile.FindIn(directory);
        if (identity.Kind == FileKind.None)
        {
            throw DefinitionError.In(
                directory,
                "missing package definition: the directory holds no package.py or package.yaml"
            );
        }
        return Read(directory, path).Definition;
    }

    private static PackageFile Read(string directory, string path)
    {
        IDefinitionData data = DefinitionFile.Read(path);
        return new DefinitionFields(data.Find("timestamp") is null ? OldRelease.Over(data, directory) : data).Read();
    }
}
