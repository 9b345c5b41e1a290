using System.Runtime.InteropServices;

namespace Rer.Repositories.Filesystem;

/// <summary>What stands at a path, symbolic links followed.</summary>
internal enum FileKind : byte
{
    /// <summary>Nothing, a broken link, or what may not be looked at: Python's <c>isfile</c> and <c>isdir</c> say
    /// no to each.</summary>
    None,
    File,
    Directory,
    Other,
}

/// <summary>What tells one state of a file or directory from another, as far as the system says.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Modified">When it was last modified: nanoseconds since 1970 where the system counts them.</param>
/// <param name="Inode">Its number in the file system; 0 where the system does not tell.</param>
internal readonly partial record struct FileIdentity(FileKind Kind, long Size, long Modified, long Inode)
{
    // A file written again within this time may keep its identity: file systems count in ticks of up to 2 s (FAT).
    private const long Unsettled = 2_500_000_000;

    /// <summary>Whether files are looked at by Linux's <c>statx</c>.</summary>
    internal static bool HasStatx { get; private set; } = OperatingSystem.IsLinux();

    /// <summary>Looks at a path.</summary>
    public static FileIdentity Of(string path) => Of(null, path);

    /// <summary>Looks at a path in an open directory.</summary>
    /// <param name="root">The open directory; null to walk from the root.</param>
    /// <param name="directory">The whole path, or that of the directory that it lies in.</param>
    /// <param name="name">The name in the directory; empty if <paramref name="directory"/> is all.</param>
    public static FileIdentity Of(BaseDirectory? root, string directory, string name = "")
    {
        if (HasStatx)
        {
            try
            {
                LinuxPath path = new(stackalloc byte[LinuxPath.Room], root, directory, name);
                FileIdentity identity = FromStatx(path.Start, path.Bytes);
                GC.KeepAlive(root);
                return identity;
            }
            catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
            {
                HasStatx = false; // a C library without it
            }
        }
        return Portable(name.Length == 0 ? directory : Path.Join(directory, name));
    }

    /// <summary>Whether it is old enough that a later change must show. Nothing from the future is.</summary>
    public bool IsSettled => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100 - Modified > Unsettled;

    internal static FileIdentity Portable(string path)
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
        long modified = (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100;
        return new FileIdentity(kind, (info as FileInfo)?.Length ?? 0, modified, 0);
    }

    /// <summary>Looks at an open file; only where <see cref="HasStatx"/>.</summary>
    /// <param name="file">Its descriptor.</param>
    internal static FileIdentity OfOpen(int file) => FromStatx(file, "\0"u8, 0x1000); // AT_EMPTY_PATH

    private static FileIdentity FromStatx(int directory, ReadOnlySpan<byte> path, int flags = 0)
    {
        const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
        if (Statx(directory, path, flags, BasicStats, out StatxResult result) != 0)
        {
            return default;
        }
        FileKind kind = (result.Mode & 0xF000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Directory,
            _ => FileKind.Other,
        };
        long modified = (result.ModifiedSeconds * 1_000_000_000) + result.ModifiedNanoseconds;
        return new FileIdentity(kind, (long)result.Size, modified, (long)result.Inode);
    }

    /// <summary>The kernel's <c>struct statx</c>, whose layout is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxResult
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Statx(
        int directory,
        ReadOnlySpan<byte> path,
        int flags,
        uint mask,
        out StatxResult result
    );
}
