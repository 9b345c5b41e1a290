using Rer.Repositories;

namespace Rer.Cli.Input;

/// <summary>A repository together with the objects that it needs, which are disposed of with it.</summary>
/// <param name="packages">The packages.</param>
/// <param name="disk">The same repository if it is on disk.</param>
/// <param name="python">Evaluates definitions that need Python.</param>
/// <param name="index">The index, which is saved at the end.</param>
/// <param name="localPath">The path of the user's own packages; null if packages are not on disk.</param>
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

    /// <summary>Evaluates definitions that need Python; null for none.</summary>
    public PythonEvaluator? Python => python;

    /// <summary>What was read from disk; null if packages are not on disk.</summary>
    public RepositoryStatistics? Statistics => disk?.Statistics;

    /// <summary>What has been read so far, and where packages are; null if they are not on disk.</summary>
    public DiskReport? Report =>
        disk is null ? null : new DiskReport(disk.Statistics, IndexAnswers, package => PlaceOf(package, disk));

    private PackagePlace PlaceOf(ResolvedPackage package, FilesystemRepository disk)
    {
        string path = disk.PathOf(package.Name, package.Version);
        bool isLocal =
            localPath is not null
            && path.StartsWith(
                Path.TrimEndingDirectorySeparator(localPath) + Path.DirectorySeparatorChar,
                StringComparison.Ordinal
            );
        return new PackagePlace(path, isLocal);
    }

    /// <summary>The indexes that were used, and when they were made.</summary>
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
