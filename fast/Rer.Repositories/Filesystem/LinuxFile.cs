using System.Runtime.InteropServices;

namespace Rer.Repositories.Filesystem;

/// <summary>
/// Reads a small file in the fewest calls of the system: it is opened, looked at, read and closed, and its path is walked
/// once. Looking at the path first and reading it as .NET does takes half as long again, and a first resolve reads a
/// thousand of them.
/// </summary>
internal static partial class LinuxFile
{
    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="buffer">Takes its content.</param>
    /// <param name="identity">What the content is of.</param>
    /// <returns>Its length; -1 where anything is out of the ordinary (there is no such file, it may not be read, it is
    /// longer than the buffer, or the system is not Linux): then the usual way says what it is.</returns>
    public static int Read(string path, byte[] buffer, out FileIdentity identity) =>
        ReadInto(ref buffer!, path, out identity);

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content; null where anything is out of the ordinary.</returns>
    public static byte[]? TryRead(string path)
    {
        byte[]? content = null;
        return ReadInto(ref content, path, out _) == content?.Length ? content : null;
    }

    /// <summary>Reads a file into a buffer, or into one of its length if there is none.</summary>
    private static int ReadInto(ref byte[]? buffer, string path, out FileIdentity identity)
    {
        const int Flags = 0x80000 | 0x800; // O_RDONLY | O_CLOEXEC | O_NONBLOCK: a pipe without a writer must not be waited for
        identity = default;
        if (!FileIdentity.HasStatx)
        {
            return -1;
        }
        int file = Open(path, Flags);
        if (file < 0)
        {
            return -1;
        }
        try
        {
            identity = FileIdentity.OfOpen(file);
            if (identity.Kind != FileKind.File || identity.Size > (buffer?.Length ?? Array.MaxLength))
            {
                return -1;
            }
            buffer ??= new byte[identity.Size];
            return ReadAll(file, buffer.AsSpan(0, (int)identity.Size));
        }
        finally
        {
            _ = Close(file);
        }
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

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int file, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
