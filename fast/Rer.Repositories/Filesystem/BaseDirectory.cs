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
