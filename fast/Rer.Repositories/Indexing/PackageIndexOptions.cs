namespace Rer.Repositories;

/// <summary>How much of the disk is looked at where an index knows the packages. Each level says what it can miss.</summary>
public enum IndexLevel
{
    /// <summary>The directory of every family and the file of every definition that a solve uses are looked at: nothing is
    /// missed that changes a time that the file system keeps.</summary>
    Strict,

    /// <summary>The directories of families alone are looked at: new and removed versions are seen, and a definition that
    /// was edited after its release is not.</summary>
    Listing,

    /// <summary>The published index alone is looked at: what was released or changed since it was made is not seen. Where a
    /// package path has none, <see cref="Strict"/> holds.</summary>
    Published,
}

/// <summary>Where indexes of package paths are, and how far they are trusted.</summary>
public sealed record PackageIndexOptions
{
    /// <summary>The directory in which this machine remembers what its resolves read; null to remember nothing. Created
    /// when there is something to write.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>How much of the disk is looked at.</summary>
    public IndexLevel Level { get; init; }

    /// <summary>Whether indexes that were published in package paths are read.</summary>
    public bool ReadsPublished { get; init; } = true;

    /// <summary>A directory in which published indexes are, in place of the package paths; null for these.</summary>
    public string? PublishedDirectory { get; init; }

    /// <summary>Whether what is known is handed out at once, and looked at on disk meanwhile. What comes of it counts once
    /// <see cref="PackageIndex.Confirm"/> says so; if it says no, ask again with a new index and repository.</summary>
    public bool ChecksBehind { get; init; }
}

/// <summary>What an index of a package path has answered.</summary>
/// <param name="PackagePath">The package path.</param>
/// <param name="File">The index.</param>
/// <param name="IsPublished">Whether it was published, or is this machine's own.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Level">How much of the disk was looked at.</param>
/// <param name="Families">How many families it answered for.</param>
/// <param name="FellBack">For how many that it has, or should have, the disk was asked in its place.</param>
public sealed record IndexAnswer(
    string PackagePath,
    string File,
    bool IsPublished,
    DateTimeOffset Made,
    IndexLevel Level,
    int Families,
    int FellBack
);
