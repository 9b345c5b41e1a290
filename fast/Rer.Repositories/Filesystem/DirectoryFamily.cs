using Rer.Repositories.Caching;
using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;

namespace Rer.Repositories.Filesystem;

/// <summary>
/// A family that is a directory: a subdirectory for each version, or a definition of its own if it is unversioned.
/// Answers to <c>FileSystemPackageFamilyResource</c> with rez's default <c>check_package_definition_files</c> (off).
/// </summary>
/// <param name="root">The package path.</param>
/// <param name="directory">The family's directory.</param>
/// <param name="versions">Its versions.</param>
/// <param name="cache">What is remembered of it; null without a cache.</param>
/// <param name="statistics">Where cache hits are counted.</param>
internal sealed class DirectoryFamily(
    DirectoryRoot root,
    string directory,
    IReadOnlyList<string> versions,
    CachedFamily? cache,
    RepositoryStatistics statistics
) : IFamilySource
{
    /// <inheritdoc />
    public IReadOnlyList<string> Versions { get; } = versions;

    /// <inheritdoc />
    public string PathOf(string version) => version.Length == 0 ? directory : Path.Combine(directory, version);

    /// <inheritdoc />
    public PackageDefinition Load(string version)
    {
        if (cache?.Find(version, root, directory) is { } cached)
        {
            statistics.CountCacheHit();
            return cached;
        }
        string inFamily = PathOf(version);
        if (DefinitionFile.ReadIn(root, inFamily) is not { } read)
        {
            throw DefinitionError.In(
                inFamily,
                "missing package definition: the directory holds no package.py or package.yaml"
            );
        }
        IDefinitionData data = read.Data;
        bool mayChangeUnseen = read.MayChangeUnseen;
        FileLook around = default;
        if (data.Find("timestamp") is null)
        {
            around = cache is null ? default : root.Look(inFamily);
            data = OldRelease.Over(root, data, inFamily, out bool releaseMayChange);
            mayChangeUnseen |= releaseMayChange;
        }
        PackageDefinition definition = new DefinitionFields(data).Read().Definition;
        bool isSettled = read.File.IsSettled && (around.Kind == FileKind.None || around.IsSettled);
        if (
            cache is not null
            && isSettled
            && !mayChangeUnseen
            && definition is { BuildRequires: not DeferredList, DeferredTimestamp: null, HoldsEverywhere: true }
        )
        {
            cache.Keep(
                version,
                new DefinitionIdentity(
                    FileIdentity.Of(read.File, IdentityUse.Local),
                    DefinitionFile.IsYaml(read.Data.Path),
                    FileIdentity.Of(around, IdentityUse.Local)
                ),
                definition
            );
        }
        return definition;
    }
}
