using Rer.Repositories;

namespace Rer.Cli.Input;

/// <summary>A repository with what keeps it going, which ends with it.</summary>
/// <param name="packages">The packages.</param>
/// <param name="disk">The same, where they are on disk.</param>
/// <param name="python">What evaluates definitions that need it.</param>
/// <param name="index">What is known of the packages; saved at the end.</param>
/// <param name="localPath">The path whose packages are somebody's own; null where packages are not on disk.</param>
internal sealed class OpenRepository(
    IPackageRepository packages,
    FilesystemRepository? disk = null,
    PythonEvaluator? python = null,
    PackageIndex? index = null,
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

    /// <summary>Which indexes of which time have answered.</summary>
    public IReadOnlyList<IndexAnswer> IndexAnswers => index?.Answers ?? [];

    /// <inheritdoc cref="PackageIndex.Complaints" />
    public IReadOnlyList<string> IndexComplaints => index?.Complaints ?? [];

    /// <inheritdoc cref="PackageIndex.Save" />
    public void SaveIndex() => index?.Save();

    /// <inheritdoc cref="PackageIndex.Outdated" />
    public CancellationToken Outdated => index?.Outdated ?? CancellationToken.None;

    /// <inheritdoc cref="PackageIndex.Confirm" />
    public bool Confirm() => index?.Confirm() ?? true;

    /// <inheritdoc />
    public void Dispose()
    {
        index?.Dispose();
        python?.Dispose();
    }
}

/// <summary>Where a package is.</summary>
/// <param name="Path">Its directory, or the file that holds all of its family.</param>
/// <param name="IsLocal">Whether it is in rez's <c>local_packages_path</c> (<c>Package.is_local</c>).</param>
internal sealed record PackagePlace(string Path, bool IsLocal);
