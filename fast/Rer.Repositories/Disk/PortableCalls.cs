using System.Buffers;
using System.IO.Enumeration;

namespace Rer.Repositories.Disk;

/// <summary>Looks at, lists and reads files by absolute path, which works on every system.</summary>
internal static class PortableCalls
{
    private static readonly EnumerationOptions s_everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        MatchType = MatchType.Simple,
        RecurseSubdirectories = false,
    };

    /// <summary>Looks at a path. An error counts as nothing there.</summary>
    internal static FileLook Look(string path)
    {
        try
        {
            FileInfo file = new(path);
            FileSystemInfo info = file.Exists ? file : new DirectoryInfo(path);
            if (info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            {
                info = target;
            }
            if (!info.Exists)
            {
                return default;
            }
            FileKind kind =
                info is DirectoryInfo ? FileKind.Directory
                : (info.Attributes & FileAttributes.Device) != 0 ? FileKind.Other
                : FileKind.File;
            return new FileLook(
                kind,
                (info as FileInfo)?.Length ?? 0,
                NanosecondsOf(info.LastWriteTimeUtc),
                Changed: 0,
                Device: 0,
                NanosecondsOf(info.CreationTimeUtc),
                Owner: 0,
                Mode: 0
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default; // a cycle of links, or a link that may not be followed
        }
    }

    /// <summary>Lists a directory.</summary>
    internal static DirectoryContent List(string path)
    {
        FileLook before = Look(path);
        if (before.Kind != FileKind.Directory)
        {
            return DirectoryContent.Missing;
        }
        try
        {
            // The constructor already opens the directory.
            List<DirectoryEntry> entries =
            [
                .. new FileSystemEnumerable<DirectoryEntry>(
                    path,
                    (ref entry) => new DirectoryEntry(entry.FileName.ToString(), KindOf(entry)),
                    s_everything
                ),
            ];
            return new DirectoryContent(before, entries, IsSteady: Look(path) == before, Error: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DirectoryContent.Failed(before, e.Message);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The maximum number of bytes.</param>
    internal static FileContent Read(string path, int most)
    {
        FileLook look = Look(path);
        if (look.Kind != FileKind.File)
        {
            return FileContent.Missing;
        }
        if (look.Size > most)
        {
            return FileContent.TooLong(look);
        }
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(most + 1);
            int length = file.ReadAtLeast(buffer.AsSpan(0, most + 1), most + 1, throwOnEndOfStream: false);
            if (length <= most)
            {
                return FileContent.Of(look, buffer, length);
            }
            ArrayPool<byte>.Shared.Return(buffer);
            return FileContent.TooLong(look);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FileContent.Failed(e.Message);
        }
    }

    /// <summary>Opens a regular file, to be read in parts; null if there is none, or access is denied.</summary>
    internal static OpenFile? OpenFile(string path, DiskCalls calls)
    {
        FileLook look = Look(path);
        if (look.Kind != FileKind.File)
        {
            return null;
        }
        try
        {
            return new OpenFile(File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete), look, calls);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Waits, to simulate a slow disk.</summary>
    internal static void Wait(TimeSpan time) => Thread.Sleep(time);

    private static EntryKind KindOf(in FileSystemEntry entry) =>
        (entry.Attributes & FileAttributes.ReparsePoint) != 0 ? EntryKind.Link
        : entry.IsDirectory ? EntryKind.Directory
        : (entry.Attributes & FileAttributes.Device) != 0 ? EntryKind.Other
        : EntryKind.File;

    private static long NanosecondsOf(DateTime time) => (time - DateTime.UnixEpoch).Ticks * 100;
}
