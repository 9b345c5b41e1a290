using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Rer.Repositories.Filesystem;

/// <summary>
/// Technique: paths from an open directory. A package path stays open for as long as its repository lives, and the system
/// walks to what lies in it from there: with three directories above the families, looking at a file from the root takes
/// half as long again, and a solve looks at a thousand.
/// </summary>
/// <remarks>
/// A path that is exchanged for another, as studios do with a link, is the old one for a repository that was opened
/// before. Where it cannot be opened, or on systems other than Linux, paths are walked from the root as ever.
/// </remarks>
internal sealed class BaseDirectory
{
    private readonly SafeFileHandle? _handle;
    private readonly int _prefix;

    /// <summary>Opens a directory.</summary>
    /// <param name="path">Its full path.</param>
    public BaseDirectory(string path)
    {
        _handle = LinuxFile.TryOpenDirectory(path);
        _prefix = Path.EndsInDirectorySeparator(path) ? path.Length : path.Length + 1;
    }

    /// <summary>The descriptor to start from; the caller keeps this object alive while it uses it.</summary>
    internal int Descriptor => _handle is null ? LinuxPath.FromRoot : (int)_handle.DangerousGetHandle();

    /// <summary>What is left of the path of something in the directory.</summary>
    internal ReadOnlySpan<char> Shorten(string path) => _handle is null ? path : path.AsSpan(_prefix);
}

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
