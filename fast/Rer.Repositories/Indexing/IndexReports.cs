namespace Rer.Repositories;

/// <summary>How an index is made or looked through.</summary>
public sealed record PublishedIndexOptions
{
    /// <summary>A directory that the index is in, in place of the package path; null for that.</summary>
    public string? Directory { get; init; }

    /// <summary>What evaluates the definitions that cannot be known without running Python; null to leave these to whoever
    /// solves. It stays the caller's.</summary>
    public PythonEvaluator? Python { get; init; }

    /// <summary>The families to look at, as after a release, with those that are new; null for all.</summary>
    public IReadOnlyList<string>? Families { get; init; }
}

/// <summary>How far the work on an index has come.</summary>
/// <param name="Done">How many families are done.</param>
/// <param name="Total">How many there are to do.</param>
public readonly record struct IndexProgress(int Done, int Total);

/// <summary>What has become of a family or a version.</summary>
public enum IndexChangeKind
{
    /// <summary>It was not in the index.</summary>
    Added,

    /// <summary>It was something else in the index.</summary>
    Changed,

    /// <summary>It is no longer on disk.</summary>
    Removed,

    /// <summary>Its definition is not in the index: what resolves it reads it from disk.</summary>
    Unknown,
}

/// <summary>A difference between an index and the disk.</summary>
/// <param name="Kind">What has become of it.</param>
/// <param name="Family">The family.</param>
/// <param name="Version">The version; null for the family as a whole.</param>
/// <param name="Detail">What is different, or why it is unknown, in words.</param>
public sealed record IndexChange(IndexChangeKind Kind, string Family, string? Version, string Detail);

/// <summary>An index after it was made or looked through.</summary>
/// <param name="PackagePath">The package path.</param>
/// <param name="File">The index.</param>
/// <param name="Made">When it was made; null if there is none that can be read.</param>
/// <param name="Families">How many families it has.</param>
/// <param name="Versions">How many versions they have.</param>
/// <param name="Definitions">How many definitions of these it knows.</param>
/// <param name="Evaluated">How many of these Python computed.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Changes">What was different on disk; after an update, what is unknown alone stays so.</param>
/// <param name="Complaint">Why the index that is there is not used; null if it is, or there is none.</param>
public sealed record IndexReport(
    string PackagePath,
    string File,
    DateTimeOffset? Made,
    int Families,
    int Versions,
    int Definitions,
    int Evaluated,
    long Bytes,
    IReadOnlyList<IndexChange> Changes,
    string? Complaint = null
);
