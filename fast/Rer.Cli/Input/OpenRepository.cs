using Rer.Repositories;

namespace Rer.Cli.Input;

/// <summary>A repository with what keeps it going, which ends with it.</summary>
/// <param name="packages">The packages.</param>
/// <param name="disk">The same, where they are on disk.</param>
/// <param name="python">What evaluates definitions that need it.</param>
/// <param name="cache">What remembers definitions; saved at the end.</param>
/// <param name="localPath">The path whose packages are somebody's own; null where packages are not on disk.</param>
internal sealed class OpenRepository(
    IPackageRepository packages,
    FilesystemRepository? disk = null,
    PythonEvaluator? python = null,
    DefinitionCache? cache = null,
    string? localPath = null
) : IDisposable
{
    /// <summary>The packages.</summary>
    public IPackageRepository Packages => packages;

    /// <summary>What was read from disk; null where packages are not on disk.</summary>
    public RepositoryStatistics? Statistics => disk?.Statistics;

    /// <summary>Where a package of the resolve is: its directory, or the file that holds all of its family; null where
    /// packages are not on disk.</summary>
    public PackagePlace? PlaceOf(ResolvedPackage package)
    {
        if (disk is null)
            return null;
        string path = disk.PathOf(package.Name, package.Version);
        bool isLocal =
            localPath is not null
            && path.StartsWith(
                Path.TrimEndingDirectorySeparator(localPath) + Path.DirectorySeparatorChar,
                StringComparison.Ordinal
            );
        return new PackagePlace(path, isLocal);
    }

    /// <inheritdoc cref="DefinitionCache.Outdated" />
    public CancellationToken Outdated => cache?.Outdated ?? CancellationToken.None;

    /// <inheritdoc cref="DefinitionCache.Confirm" />
    public bool Confirm() => cache?.Confirm() ?? true;

    /// <inheritdoc />
    public void Dispose()
    {
        cache?.Dispose();
        python?.Dispose();
    }
}

/// <summary>Where a package is.</summary>
/// <param name="Path">Its directory, or the file that holds all of its family.</param>
/// <param name="IsLocal">Whether it is in rez's <c>local_packages_path</c> (<c>Package.is_local</c>).</param>
internal sealed record PackagePlace(string Path, bool IsLocal);
