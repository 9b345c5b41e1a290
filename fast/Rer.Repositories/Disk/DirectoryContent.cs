namespace Rer.Repositories.Disk;

/// <summary>The kind of a directory entry, as far as it is known from the listing.</summary>
internal enum EntryKind : byte
{
    /// <summary>Not known from the listing. The entry must be looked at.</summary>
    Unknown,
    File,
    Directory,

    /// <summary>A symbolic link. Its target must be looked at.</summary>
    Link,
    Other,
}

/// <summary>An entry of a directory.</summary>
internal readonly record struct DirectoryEntry(string Name, EntryKind Kind);

/// <summary>The contents of a directory.</summary>
/// <param name="Directory">The state of the directory when it was listed; the default if it does not exist.</param>
/// <param name="Entries">Its entries, in no particular order.</param>
/// <param name="IsSteady">Whether the directory was in the same state before and after it was listed. If not, the
/// entries may not belong to <paramref name="Directory"/>.</param>
/// <param name="Error">Why it could not be listed; null if it could, or if it does not exist.</param>
internal sealed record DirectoryContent(
    FileLook Directory,
    IReadOnlyList<DirectoryEntry> Entries,
    bool IsSteady,
    string? Error
)
{
    /// <summary>The directory does not exist.</summary>
    public static DirectoryContent Missing { get; } = new(default, [], IsSteady: false, Error: null);

    /// <summary>The directory exists but cannot be listed.</summary>
    public static DirectoryContent Failed(FileLook directory, string error) =>
        new(directory, [], IsSteady: false, error);
}
