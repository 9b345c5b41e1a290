namespace Rer.Repositories;

/// <summary>The options for making or checking an index.</summary>
public sealed record PublishedIndexOptions
{
    /// <summary>
    /// A directory that contains the index instead of the package path; null to use the package path.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>
    /// Evaluates definitions that cannot be known without running Python; null to leave these to each resolve. It still
    /// belongs to the caller.
    /// </summary>
    public PythonEvaluator? Python { get; init; }

    /// <summary>The families to process, for example after a release, including new ones; null for all.</summary>
    public IReadOnlyList<string>? Families { get; init; }
}

/// <summary>The progress of work on an index.</summary>
/// <param name="Done">The number of families done.</param>
/// <param name="Total">The total number of families.</param>
public readonly record struct IndexProgress(int Done, int Total);

/// <summary>How a family or a version has changed.</summary>
public enum IndexChangeKind
{
    /// <summary>It was not in the index.</summary>
    Added,

    /// <summary>It differs from the index.</summary>
    Changed,

    /// <summary>It is no longer on disk.</summary>
    Removed,

    /// <summary>Its definition is not in the index. A resolve reads it from disk.</summary>
    Unknown,
}

/// <summary>A difference between an index and the disk.</summary>
/// <param name="Kind">The kind of difference.</param>
/// <param name="Family">The family.</param>
/// <param name="Version">The version; null for the family as a whole.</param>
/// <param name="Detail">What is different, or why it is unknown, in words.</param>
public sealed record IndexChange(IndexChangeKind Kind, string Family, string? Version, string Detail);

/// <summary>An index after it was made or checked.</summary>
/// <param name="PackagePath">The package path.</param>
/// <param name="File">The index.</param>
/// <param name="Made">When it was made; null if there is none that can be read.</param>
/// <param name="Families">The number of families in it.</param>
/// <param name="Versions">The number of their versions.</param>
/// <param name="Definitions">The number of their definitions in the index.</param>
/// <param name="Evaluated">The number of definitions that Python evaluated.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Changes">The differences that were found. After an update, the index still differs only in unknown
/// definitions.</param>
/// <param name="Complaint">Why the existing index is not used; null if it is used, or if there is none.</param>
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
