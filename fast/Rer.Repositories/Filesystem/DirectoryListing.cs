using System.IO.Enumeration;
using Rer.Repositories.Definitions;

namespace Rer.Repositories.Filesystem;

/// <summary>An entry of a directory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsDirectory">Whether it is a directory, or a link to one.</param>
/// <param name="IsLink">Whether it is a symbolic link, if that was asked for.</param>
internal readonly record struct DirectoryEntry(string Name, bool IsDirectory, bool IsLink);

/// <summary>What a directory holds: Python's <c>listdir</c> and <c>isdir</c> in one go.</summary>
internal static class DirectoryListing
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        MatchType = MatchType.Simple,
        RecurseSubdirectories = false,
    };

    /// <summary>The entries of a directory, in no order.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="withLinks">Whether to tell links, which costs a look at each entry.</param>
    /// <exception cref="PackageDataException">It cannot be listed.</exception>
    public static List<DirectoryEntry> Read(string directory, bool withLinks = false)
    {
        try
        {
            // The directory is opened by the constructor already.
            return
            [
                .. new FileSystemEnumerable<DirectoryEntry>(
                    directory,
                    (ref FileSystemEntry entry) =>
                        new DirectoryEntry(
                            entry.FileName.ToString(),
                            entry.IsDirectory,
                            withLinks && (entry.Attributes & FileAttributes.ReparsePoint) != 0
                        ),
                    Everything
                ),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DefinitionError.In(directory, $"cannot list the directory: {e.Message}", e);
        }
    }
}
