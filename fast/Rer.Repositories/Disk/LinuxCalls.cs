using System.Runtime.InteropServices;

namespace Rer.Repositories.Disk;

/// <summary>Linux system calls that look at, list and read files by a path relative to an open directory.</summary>
internal static partial class LinuxCalls
{
    /// <summary>The directory to pass with an absolute path: <c>AT_FDCWD</c>.</summary>
    internal const int FromRoot = -100;

    internal const int NoSuchFile = 2; // ENOENT
    internal const int NotADirectory = 20; // ENOTDIR

    private const int Interrupted = 4; // EINTR

    // O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK. Opening a pipe without a writer must not block.
    private const int ReadFlags = 0x80000 | 0x100 | 0x800;

    /// <summary>
    /// Whether these calls can be used. They cannot on other systems, or if <c>statx</c> is missing. A container's
    /// filter may also block it with the error "not permitted". If that were mistaken for an answer, no package would
    /// be found.
    /// </summary>
    internal static bool AreAvailable { get; } =
        OperatingSystem.IsLinux() && Environment.Is64BitProcess && TryLook(FromRoot, "/\0"u8, flags: 0, out _);

    /// <summary>Looks at a path. An error counts as nothing there.</summary>
    internal static FileLook Look(int directory, in PathBytes path)
    {
        _ = TryLook(directory, path.Bytes, flags: 0, out FileLook look);
        return look;
    }

    /// <summary>Looks at an open file.</summary>
    internal static FileLook Look(int file)
    {
        const int EmptyPath = 0x1000; // AT_EMPTY_PATH
        _ = TryLook(file, "\0"u8, EmptyPath, out FileLook look);
        return look;
    }

    /// <summary>Opens a file for reading.</summary>
    /// <returns>Its descriptor, or -1 and an error.</returns>
    internal static int OpenFile(int directory, in PathBytes path, out int error) =>
        Open(directory, path, ReadFlags, out error);

    /// <summary>Opens a directory. It does not use <c>O_PATH</c>, which would not trigger an automatic mount.</summary>
    /// <inheritdoc cref="OpenFile" />
    internal static int OpenDirectory(int directory, in PathBytes path, out int error)
    {
        // O_DIRECTORY is one of the few flags that differ between architectures.
        bool isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        return Open(directory, path, ReadFlags | (isArm ? 0x4000 : 0x10000), out error);
    }

    /// <summary>Reads the next bytes of an open file.</summary>
    /// <returns>The number of bytes, 0 at the end, or -1 and an error.</returns>
    internal static int Read(int file, Span<byte> buffer, out int error)
    {
        nint read;
        do
        {
            read = ReadOn(file, buffer, (nuint)buffer.Length);
            error = read < 0 ? Marshal.GetLastPInvokeError() : 0;
        } while (error == Interrupted);
        return (int)read;
    }

    /// <summary>Asks the system to fetch an open file, without waiting for it.</summary>
    internal static void WillRead(int file, long length)
    {
        const int WillNeed = 3; // POSIX_FADV_WILLNEED
        // A single call fetches no more than the system's own read-ahead.
        const int Least = 128 << 10;
        for (long offset = 0; offset < length; offset += Least)
        {
            _ = Advise(file, offset, Least, WillNeed);
        }
    }

    /// <summary>Closes a file.</summary>
    internal static void Close(int file) => _ = CloseFile(file);

    /// <summary>Lists an open directory, looks at it again, and closes it.</summary>
    /// <returns>0, or an error.</returns>
    internal static unsafe int ListAndClose(int directory, List<DirectoryEntry> entries, out FileLook after)
    {
        after = default;
        nint stream = OpenStream(directory);
        if (stream == 0)
        {
            int error = Marshal.GetLastPInvokeError();
            Close(directory);
            return error;
        }
        try
        {
            while (ReadEntry(stream) is var entry and not 0)
            {
                ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)entry + 19);
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                {
                    entries.Add(new DirectoryEntry(ByteText.Decode(name), KindOf(((byte*)entry)[18])));
                }
            }
            int error = Marshal.GetLastPInvokeError();
            after = Look(directory);
            return error;
        }
        finally
        {
            _ = CloseStream(stream);
        }
    }

    /// <summary>Waits, to simulate a slow disk.</summary>
    internal static void Wait(TimeSpan time) => _ = Sleep((uint)time.TotalMicroseconds);

    private static bool TryLook(int directory, ReadOnlySpan<byte> path, int flags, out FileLook look)
    {
        // STATX_TYPE, MODE, UID, MTIME, CTIME, INO and SIZE. The time of access is not among them: the system would
        // fetch it from the server again after every read.
        const uint Asked = 0x1 | 0x2 | 0x8 | 0x40 | 0x80 | 0x100 | 0x200;
        look = default;
        try
        {
            if (Statx(directory, path, flags, Asked, out StatxResult result) != 0)
            {
                return false;
            }
            look = result.ToLook();
            return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // the C library does not have it
        }
    }

    private static int Open(int directory, in PathBytes path, int flags, out int error)
    {
        int file;
        do
        {
            file = OpenAt(directory, path.Bytes, flags);
            error = file < 0 ? Marshal.GetLastPInvokeError() : 0;
        } while (error == Interrupted);
        return file;
    }

    private static EntryKind KindOf(byte type) =>
        type switch
        {
            4 => EntryKind.Directory, // DT_DIR
            8 => EntryKind.File, // DT_REG
            10 => EntryKind.Link, // DT_LNK
            0 => EntryKind.Unknown, // DT_UNKNOWN: some file systems do not report it
            _ => EntryKind.Other,
        };

    /// <summary>The kernel's <c>struct statx</c>. Its layout is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxResult
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(96)]
        public long ChangedSeconds;

        [FieldOffset(104)]
        public uint ChangedNanoseconds;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;

        public readonly FileLook ToLook()
        {
            FileKind kind = (Mode & 0xF000) switch
            {
                0x8000 => FileKind.File,
                0x4000 => FileKind.Directory,
                _ => FileKind.Other,
            };
            // A file system without a device gets a device number when it is mounted. Some of these also number their
            // files only then.
            bool isStable = DeviceMajor != 0;
            return new FileLook(
                kind,
                (long)Size,
                (ModifiedSeconds * 1_000_000_000) + ModifiedNanoseconds,
                (ChangedSeconds * 1_000_000_000) + ChangedNanoseconds,
                isStable ? ((long)DeviceMajor << 32) | DeviceMinor : 0,
                isStable ? (long)Inode : 0,
                Owner,
                (ushort)(Mode & 0xFFF)
            );
        }
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Statx(
        int directory,
        ReadOnlySpan<byte> path,
        int flags,
        uint mask,
        out StatxResult result
    );

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAt(int directory, ReadOnlySpan<byte> path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadOn(int file, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(int file, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int file);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    private static partial nint OpenStream(int directory);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    private static partial nint ReadEntry(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseStream(nint stream);

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);
}
