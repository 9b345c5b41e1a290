namespace Rer.Repositories.Disk;

/// <summary>What an entry of a directory is, as far as its listing says.</summary>
internal enum EntryKind : byte
{
    /// <summary>Not told: it must be looked at.</summary>
    Unknown,
    File,
    Directory,

    /// <summary>A symbolic link: what it leads to must be looked at.</summary>
    Link,
    Other,
}

/// <summary>An entry of a directory.</summary>
internal readonly record struct DirectoryEntry(string Name, EntryKind Kind);

/// <summary>What a directory holds.</summary>
/// <param name="Directory">What it was when it was listed; nothing if there is no directory.</param>
/// <param name="Entries">Its entries, in no order.</param>
/// <param name="IsSteady">Whether it looked the same after it was listed as before: only then the entries are those of
/// <paramref name="Directory"/>.</param>
/// <param name="Error">Why it could not be listed; null if it could, or is not there.</param>
internal sealed record DirectoryContent(
    FileLook Directory,
    IReadOnlyList<DirectoryEntry> Entries,
    bool IsSteady,
    string? Error
)
{
    /// <summary>There is no directory.</summary>
    public static DirectoryContent Missing { get; } = new(default, [], IsSteady: false, Error: null);

    /// <summary>There is one, which cannot be listed.</summary>
    public static DirectoryContent Failed(FileLook directory, string error) =>
        new(directory, [], IsSteady: false, error);
}
