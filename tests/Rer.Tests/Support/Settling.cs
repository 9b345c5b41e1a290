using Rer.Repositories.Disk;

namespace Rer.Tests;

/// <summary>
/// A file written just now may change again without a visible change to its times, so no index stores it.
/// </summary>
internal static class Settling
{
    /// <summary>Makes everything in a directory an hour old, and waits until that was a moment ago.</summary>
    public static void Age(DirectoryInfo directory)
    {
        DateTime past = DateTime.UtcNow.AddHours(-1);
        foreach (FileSystemInfo info in directory.EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            if (info.LinkTarget is null)
            {
                info.LastWriteTimeUtc = past;
            }
        }
        directory.LastWriteTimeUtc = past;
        Wait(directory);
    }

    /// <summary>Waits until all changes in a directory were a moment ago.</summary>
    public static void Wait(DirectoryInfo directory)
    {
        DirectoryRoot root = new(directory.FullName, DiskCalls.Local());
        foreach (
            FileSystemInfo info in directory
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Append(directory)
        )
        {
            while (root.Look(info.FullName) is { Kind: not FileKind.None, IsSettled: false })
            {
                Thread.Sleep(5);
            }
        }
    }
}
