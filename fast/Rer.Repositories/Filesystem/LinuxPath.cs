using System.Text;

namespace Rer.Repositories.Filesystem;

/// <summary>A path as calls of the system take it: in UTF-8, with a zero at its end.</summary>
internal readonly ref struct LinuxPath
{
    /// <summary>What stands for a directory where the path is a whole one; <c>AT_FDCWD</c>.</summary>
    internal const int FromRoot = -100;

    /// <summary>How much room to give it; what is longer takes its own.</summary>
    internal const int Room = 512;

    /// <summary>Writes the path of a file.</summary>
    /// <param name="room">Where to.</param>
    /// <param name="root">An open directory that the file lies in; null to walk from the root.</param>
    /// <param name="directory">The whole path of the directory that it lies in, or of the file itself.</param>
    /// <param name="name">Its name in the directory; empty if <paramref name="directory"/> is the file.</param>
    internal LinuxPath(Span<byte> room, BaseDirectory? root, string directory, string name)
    {
        Start = root?.Descriptor ?? FromRoot;
        ReadOnlySpan<char> walked = root is null ? directory : root.Shorten(directory);
        int most = Encoding.UTF8.GetMaxByteCount(walked.Length + name.Length + 2);
        Span<byte> bytes = most <= room.Length ? room : new byte[most];
        int length = Encoding.UTF8.GetBytes(walked, bytes);
        if (name.Length > 0)
        {
            bytes[length++] = (byte)'/';
            length += Encoding.UTF8.GetBytes(name, bytes[length..]);
        }

        bytes[length] = 0;
        Bytes = bytes[..(length + 1)];
    }

    /// <summary>The descriptor that the path starts from.</summary>
    internal int Start { get; }

    /// <summary>The path, with its zero.</summary>
    internal ReadOnlySpan<byte> Bytes { get; }
}
