using System.IO.Enumeration;
using Rer.Repositories.Definitions;

namespace Rer.Repositories.Filesystem;

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

    /// <summary>The entries of a directory, in no order; a link to a directory is a directory.</summary>
    /// <exception cref="PackageDataException">It cannot be listed.</exception>
    public static IEnumerable<(string Name, bool IsDirectory)> Read(string directory)
    {
        FileSystemEnumerable<(string, bool)> entries = new(
            directory,
            (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory),
            Everything
        );
        List<(string, bool)> list = [];
        try
        {
            list.AddRange(entries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DefinitionError.In(directory, $"cannot list the directory: {e.Message}", e);
        }
        return list;
    }
}
