using Rer.Repositories.Disk;

namespace Rer.Tests;

/// <summary>What was written just now may change again without its times showing it, and is not kept by any index.</summary>
internal static class Settling
{
    /// <summary>Makes everything in a directory an hour old, and waits until that has been so for a moment.</summary>
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

    /// <summary>Waits until all that has been done in a directory is a moment ago.</summary>
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
