namespace Rer.Repositories;

/// <summary>How much of the disk is checked if an index knows the packages.</summary>
public enum IndexLevel
{
    /// <summary>
    /// Checks the directory of every family and the file of every definition that a solve uses. Misses nothing that
    /// changes a time kept by the file system.
    /// </summary>
    Strict,

    /// <summary>
    /// Checks only the directories of families. Misses a definition that was edited after its release.
    /// </summary>
    Listing,

    /// <summary>
    /// Checks only the published index. Misses everything that was released, changed or removed since it was made. If a
    /// package path has no published index, <see cref="Strict"/> is used.
    /// </summary>
    Published,
}

/// <summary>Where indexes of package paths are, and how far they are trusted.</summary>
public sealed record PackageIndexOptions
{
    /// <summary>
    /// The directory in which this machine remembers what its resolves read; null to remember nothing. It is created
    /// when there is something to write.
    /// </summary>
    public string? CacheDirectory { get; init; }

    /// <summary>How much of the disk is checked.</summary>
    public IndexLevel Level { get; init; }

    /// <summary>Whether indexes published in package paths are read.</summary>
    public bool ReadsPublished { get; init; } = true;

    /// <summary>
    /// A directory that contains published indexes instead of the package paths; null to use the package paths.
    /// </summary>
    public string? PublishedDirectory { get; init; }

    /// <summary>
    /// Whether an index answers at once, while the disk is checked in the background. A result is valid only if
    /// <see cref="PackageIndex.Confirm"/> returns true. If it returns false, resolve again with a new index and a new
    /// repository.
    /// </summary>
    public bool ChecksBehind { get; init; }
}

/// <summary>What an index of a package path has answered.</summary>
/// <param name="PackagePath">The package path.</param>
/// <param name="File">The index.</param>
/// <param name="IsPublished">Whether it was published. Otherwise it is this machine's own.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Level">How much of the disk was checked.</param>
/// <param name="Families">The number of families it answered for.</param>
/// <param name="FellBack">The number of families that it has, or should have, for which the disk was read
/// instead.</param>
public sealed record IndexAnswer(
    string PackagePath,
    string File,
    bool IsPublished,
    DateTimeOffset Made,
    IndexLevel Level,
    int Families,
    int FellBack
);
