using Rer.Compiling;
using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;
using Rer.Repositories.Indexing;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Filesystem;

/// <summary>
/// A family in a directory. It has a subdirectory for each version, or its own definition if it is unversioned.
/// Corresponds to <c>FileSystemPackageFamilyResource</c> with rez's default <c>check_package_definition_files</c>
/// (off).
/// </summary>
/// <param name="root">The package path.</param>
/// <param name="directory">The family's directory.</param>
/// <param name="versions">Its versions.</param>
/// <param name="indexed">What indexes know about it; null without an index.</param>
/// <param name="hasPython">Whether Python is available.</param>
/// <param name="statistics">Counts definitions that come from the index.</param>
internal sealed class DirectoryFamily(
    DirectoryRoot root,
    string directory,
    IReadOnlyList<string> versions,
    IndexedFamily? indexed,
    bool hasPython,
    RepositoryStatistics statistics
) : IFamilySource
{
    private CompiledEntry? _compiled;

    /// <inheritdoc />
    public IReadOnlyList<string> Versions { get; } = versions;

    /// <inheritdoc />
    public string PathOf(string version) => version.Length == 0 ? directory : Path.Combine(directory, version);

    /// <inheritdoc />
    public StoredFamily? FindCompiled()
    {
        if (_compiled is null && indexed?.MayCompile(hasPython) == true && indexed.Found!.Versions == Versions)
        {
            CompiledEntry entry = new(indexed, indexed.Found, version => Read(version).BuildRequires, statistics);
            Interlocked.CompareExchange(ref _compiled, entry, null);
        }
        return _compiled;
    }

    /// <inheritdoc />
    public PackageDefinition Load(string version)
    {
        if (indexed?.Find(version, () => Read(version).BuildRequires, hasPython) is { } known)
        {
            statistics.CountCacheHits();
            return known;
        }
        return Read(version);
    }

    private PackageDefinition Read(string version)
    {
        VersionDefinition read = VersionDefinition.Read(root, PathOf(version), looksAround: indexed?.Learns == true);
        if (
            read is { IsSettled: true, MayChangeUnseen: false }
            && read.Definition is { BuildRequires: not DeferredList, DeferredTimestamp: null, HoldsEverywhere: true }
        )
        {
            indexed?.Keep(version, read.Identity(IdentityUse.Local), read.Definition);
        }
        return read.Definition;
    }
}
