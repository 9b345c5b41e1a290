using Rer.Repositories.Caching;
using Rer.Repositories.Definitions;

namespace Rer.Repositories.Filesystem;

/// <summary>
/// A family that is a directory: a subdirectory for each version, or a definition of its own if it is unversioned.
/// Answers to <c>FileSystemPackageFamilyResource</c> with rez's default <c>check_package_definition_files</c> (off).
/// </summary>
internal sealed class DirectoryFamily : IFamilySource
{
    private readonly BaseDirectory _root;
    private readonly string _directory;
    private readonly CachedFamily? _cache;
    private readonly RepositoryStatistics _statistics;

    /// <summary>Lists a family.</summary>
    /// <param name="root">The package path.</param>
    /// <param name="directory">Its directory.</param>
    /// <param name="identity">That of the directory.</param>
    /// <param name="cache">What is remembered of it; null without a cache.</param>
    /// <param name="statistics">Where cache hits are counted.</param>
    /// <exception cref="PackageDataException">The directory cannot be listed.</exception>
    public DirectoryFamily(
        BaseDirectory root,
        string directory,
        FileIdentity identity,
        CachedFamily? cache,
        RepositoryStatistics statistics
    )
    {
        (_root, _directory, _cache, _statistics) = (root, directory, cache, statistics);
        Versions = cache?.FindListing(identity) ?? List(identity);
    }

    /// <summary>A family whose versions are known.</summary>
    /// <inheritdoc cref="DirectoryFamily(BaseDirectory, string, FileIdentity, CachedFamily?, RepositoryStatistics)" />
    public DirectoryFamily(
        BaseDirectory root,
        string directory,
        IReadOnlyList<string> versions,
        CachedFamily? cache,
        RepositoryStatistics statistics
    )
    {
        (_root, _directory, _cache, _statistics) = (root, directory, cache, statistics);
        Versions = versions;
    }

    public IReadOnlyList<string> Versions { get; }

    public string PathOf(string version) => version.Length == 0 ? _directory : Path.Combine(_directory, version);

    private string[] List(FileIdentity identity)
    {
        FamilyListing listing = FamilyListing.Read(_directory, withLinks: _cache is not null);
        // Had the directory changed while it was listed, its identity would be that of neither state.
        if (listing.DependsOnNothingElse && _cache is not null && FileIdentity.Of(_root, _directory) == identity)
        {
            _cache.KeepListing(identity, listing.Versions);
        }
        return listing.Versions;
    }

    public PackageDefinition Load(string version)
    {
        if (_cache?.Find(version, _root, _directory) is { } cached)
        {
            _statistics.CountCacheHit();
            return cached;
        }
        string directory = PathOf(version);
        (FileIdentity identity, IDefinitionData? data) = DefinitionFile.ReadIn(_root, directory);
        if (data is null)
        {
            throw DefinitionError.In(
                directory,
                "missing package definition: the directory holds no package.py or package.yaml"
            );
        }
        bool isYaml = DefinitionFile.IsYaml(data.Path);
        if (data.Find("timestamp") is not null)
        {
            PackageDefinition complete = new DefinitionFields(data).Read().Definition;
            Keep(version, new DefinitionIdentity(identity, isYaml, default), complete);
            return complete;
        }
        FileIdentity around = FileIdentity.Of(_root, directory);
        IDefinitionData released = OldRelease.Over(data, directory, out bool mayChangeUnseen);
        PackageDefinition definition = new DefinitionFields(released).Read().Definition;
        if (!mayChangeUnseen)
        {
            Keep(version, new DefinitionIdentity(identity, isYaml, around), definition);
        }
        return definition;
    }

    private void Keep(string version, DefinitionIdentity identity, PackageDefinition definition)
    {
        if (definition.BuildRequires is not DeferredList)
        {
            _cache?.Keep(version, identity, definition);
        }
    }
}
