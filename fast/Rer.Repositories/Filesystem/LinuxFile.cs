using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rer.Repositories.Filesystem;

/// <summary>
/// Reads a small file in the fewest calls of the system: it is opened, looked at, read and closed, and its path is walked
/// once. Looking at the path first and reading it as .NET does takes half as long again, and a first resolve reads a
/// thousand of them.
/// </summary>
internal static partial class LinuxFile
{
    private const int Flags = 0x80000 | 0x800; // O_RDONLY | O_CLOEXEC | O_NONBLOCK: a pipe without a writer must not be waited for

    /// <summary>Reads a file whole.</summary>
    /// <param name="root">An open directory that the file lies in.</param>
    /// <param name="directory">The directory that it lies in.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="buffer">Takes its content.</param>
    /// <param name="identity">What the content is of.</param>
    /// <returns>Its length; -1 where anything is out of the ordinary (there is no such file, it may not be read, it is
    /// longer than the buffer, or the system is not Linux): then the usual way says what it is.</returns>
    public static int Read(BaseDirectory root, string directory, string name, byte[] buffer, out FileIdentity identity)
    {
        identity = default;
        int file = FileIdentity.HasStatx ? Open(root, directory, name) : -1;
        if (file < 0)
        {
            return -1;
        }
        try
        {
            identity = FileIdentity.OfOpen(file);
            return identity.Kind != FileKind.File || identity.Size > buffer.Length
                ? -1
                : ReadAll(file, buffer.AsSpan(0, (int)identity.Size));
        }
        finally
        {
            _ = Close(file);
        }
    }

    /// <summary>Reads a file whole, without looking at what it is.</summary>
    /// <param name="root">An open directory that the file lies in.</param>
    /// <param name="path">The file.</param>
    /// <returns>Its content, or its start: the rest may follow on some file systems. Null where anything is out of the
    /// ordinary.</returns>
    public static byte[]? TryRead(BaseDirectory root, string path)
    {
        const int Most = 32 << 10;
        int file = FileIdentity.HasStatx ? Open(root, path, "") : -1;
        if (file < 0)
        {
            return null;
        }
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Most);
        try
        {
            nint length = Read(file, buffer, Most);
            return length is < 0 or Most ? null : buffer.AsSpan(0, (int)length).ToArray();
        }
        finally
        {
            _ = Close(file);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Opens a directory; null where that cannot be done. Not <c>O_PATH</c>: one that is mounted when it is first
    /// opened would not be then.</summary>
    public static SafeFileHandle? TryOpenDirectory(string path)
    {
        int directory = FileIdentity.HasStatx ? Open(null, path, "") : -1;
        return directory < 0 ? null : new SafeFileHandle(directory, ownsHandle: true);
    }

    private static int ReadAll(int file, Span<byte> content)
    {
        int length = 0;
        while (length < content.Length)
        {
            nint read = Read(file, content[length..], (nuint)(content.Length - length));
            if (read < 0)
            {
                return -1;
            }
            if (read == 0)
            {
                break; // it was cut short meanwhile
            }
            length += (int)read;
        }
        return length;
    }

    private static int Open(BaseDirectory? root, string directory, string name)
    {
        LinuxPath path = new(stackalloc byte[LinuxPath.Room], root, directory, name);
        int file = OpenAt(path.Start, path.Bytes, Flags);
        GC.KeepAlive(root);
        return file;
    }

    [LibraryImport("libc", EntryPoint = "openat")]
    private static partial int OpenAt(int directory, ReadOnlySpan<byte> path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int file, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
