using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rer.Repositories.Disk;

/// <summary>
/// Technique: paths from an open directory. A package path is opened when it is first needed and stays so, and the system
/// walks to what lies in it from there: with three directories above the families, looking at a file from the root takes
/// half as long again, and a solve looks at a thousand.
/// </summary>
/// <remarks>
/// A path that is exchanged for another, as studios do with a link, is the old one for a repository that was opened
/// before: listings, looks and reading all start from the same directory, so that two releases are never mixed. Where it
/// cannot be opened, or on systems other than Linux, paths are walked from the root as ever.
/// </remarks>
internal sealed class DirectoryRoot
{
    private readonly Lazy<SafeFileHandle?> _handle;
    private readonly int _prefix;

    /// <summary>Names a directory.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="calls">Where calls are counted.</param>
    public DirectoryRoot(string path, DiskCalls calls)
    {
        (Path, Calls) = (path, calls);
        _handle = new Lazy<SafeFileHandle?>(TryOpen);
        _prefix = System.IO.Path.EndsInDirectorySeparator(path) ? path.Length : path.Length + 1;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Where its calls are counted.</summary>
    public DiskCalls Calls { get; }

    /// <summary>Where the directory that is open really is, links resolved, without a look at the disk; its path where
    /// that is not known.</summary>
    public string RealPath
    {
        get
        {
            if (_handle.Value is not { } handle)
            {
                return Path;
            }
            string? target = new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget;
            return target is not null && System.IO.Path.IsPathFullyQualified(target) ? target : Path;
        }
    }

    /// <summary>Looks at something in the directory.</summary>
    /// <param name="directory">The full path of a directory in it, of itself, or of the thing to look at.</param>
    /// <param name="name">The thing's name in the directory; empty if <paramref name="directory"/> is all.</param>
    public FileLook Look(string directory, string name = "")
    {
        long start = DiskCalls.Begin();
        FileLook look = Ask(directory, name);
        Calls.End(CallKind.Look, start);
        return look;
    }

    /// <summary>Looks at a directory in which something was looked at just now: a network disk told of it on the way there,
    /// and is not asked again.</summary>
    /// <param name="directory">Its full path.</param>
    public FileLook LookAround(string directory) => Ask(directory, "");

    /// <summary>Lists a directory in this one, or this one.</summary>
    /// <param name="directory">Its full path.</param>
    public DirectoryContent List(string directory)
    {
        if (!LinuxCalls.AreAtHand)
        {
            long start = DiskCalls.Begin();
            DirectoryContent content = PortableCalls.List(directory);
            Calls.End(CallKind.Listing, start);
            return content;
        }
        int file = Open(directory, "", isDirectory: true, out int error);
        return file >= 0 ? ListAndClose(file)
            : error is LinuxCalls.NoSuchFile or LinuxCalls.NotADirectory ? DirectoryContent.Missing
            : Look(directory) is { Kind: FileKind.Directory } look ? DirectoryContent.Failed(look, TextOf(error))
            : DirectoryContent.Missing;
    }

    /// <summary>Whether a path leads to a directory, whatever bytes its name is of.</summary>
    public static bool IsThere(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        return new DirectoryRoot(full, DiskCalls.Local()).Look(full).Kind == FileKind.Directory;
    }

    /// <summary>What an entry of a directory is, links followed.</summary>
    /// <param name="directory">The full path of the directory.</param>
    /// <param name="entry">The entry, as it was listed.</param>
    public FileKind KindOf(string directory, DirectoryEntry entry) =>
        entry.Kind switch
        {
            EntryKind.File => FileKind.File,
            EntryKind.Directory => FileKind.Directory,
            EntryKind.Other => FileKind.Other,
            _ => Look(directory, entry.Name).Kind,
        };

    /// <summary>Reads a file whole. A regular file: a pipe would be waited for, and a device may have no end.</summary>
    /// <param name="directory">The full path of the directory that it lies in.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="most">How many bytes at most.</param>
    public FileContent Read(string directory, string name, int most)
    {
        if (!LinuxCalls.AreAtHand)
        {
            long start = DiskCalls.Begin();
            FileContent content = PortableCalls.Read(System.IO.Path.Join(directory, name), most);
            Calls.End(CallKind.Read, start);
            return content;
        }
        int file = Open(directory, name, isDirectory: false, out int error);
        if (file < 0)
        {
            return
                error is not (LinuxCalls.NoSuchFile or LinuxCalls.NotADirectory)
                && Look(directory, name).Kind == FileKind.File
                ? FileContent.Failed(TextOf(error))
                : FileContent.Missing;
        }
        try
        {
            FileLook look = LinuxCalls.Look(file);
            return look.Kind != FileKind.File ? FileContent.Missing
                : look.Size > most ? FileContent.TooLong(look)
                : ReadOpen(file, look, most);
        }
        finally
        {
            LinuxCalls.Close(file);
        }
    }

    /// <summary>Opens a regular file, to be read in parts; null if there is none, or it may not be read.</summary>
    /// <param name="directory">The full path of the directory that it lies in.</param>
    /// <param name="name">Its name there.</param>
    public OpenFile? OpenFile(string directory, string name)
    {
        if (!LinuxCalls.AreAtHand)
        {
            return PortableCalls.OpenFile(System.IO.Path.Join(directory, name), Calls);
        }
        int file = Open(directory, name, isDirectory: false, out _);
        if (file < 0)
        {
            return null;
        }
        SafeFileHandle handle = new(file, ownsHandle: true);
        FileLook look = LinuxCalls.Look(file);
        if (look.Kind == FileKind.File)
        {
            return new OpenFile(handle, look, Calls);
        }
        handle.Dispose();
        return null;
    }

    private DirectoryContent ListAndClose(int file)
    {
        // Looking at what is open asks no disk: opening it has told.
        FileLook before = LinuxCalls.Look(file);
        List<DirectoryEntry> entries = [];
        long start = DiskCalls.Begin();
        int error = LinuxCalls.ListAndClose(file, entries, out FileLook after);
        Calls.End(CallKind.Listing, start);
        return error != 0
            ? DirectoryContent.Failed(before, TextOf(error))
            : new DirectoryContent(before, entries, IsSteady: after == before, Error: null);
    }

    /// <summary>Reads to the end, wherever the size says that it is: files that are made up as they are read have none.
    /// </summary>
    private FileContent ReadOpen(int file, in FileLook look, int most)
    {
        // Most definitions fit many times.
        const int Least = 16 << 10;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(Least, (int)look.Size + 1));
        int length = 0;
        while (true)
        {
            long start = DiskCalls.Begin();
            int read = LinuxCalls.Read(file, buffer.AsSpan(length), out int error);
            Calls.End(CallKind.Read, start);
            if (read < 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return FileContent.Failed(TextOf(error));
            }
            length += read;
            if (length > most)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return FileContent.TooLong(look);
            }
            if (read == 0 || (length == look.Size && length < buffer.Length))
            {
                return FileContent.Of(look, buffer, length);
            }
            if (length == buffer.Length)
            {
                byte[] longer = ArrayPool<byte>.Shared.Rent(Math.Min(2 * length, most + 1));
                buffer.AsSpan(0, length).CopyTo(longer);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = longer;
            }
        }
    }

    private FileLook Ask(string directory, string name)
    {
        SafeFileHandle? handle = _handle.Value;
        FileLook look = LinuxCalls.AreAtHand
            ? LinuxCalls.Look(
                DescriptorOf(handle),
                new PathBytes(stackalloc byte[PathBytes.Room], Shorten(directory), name)
            )
            : PortableCalls.Look(System.IO.Path.Join(directory, name));
        GC.KeepAlive(handle);
        return look;
    }

    private int Open(string directory, string name, bool isDirectory, out int error)
    {
        SafeFileHandle? handle = _handle.Value;
        PathBytes path = new(stackalloc byte[PathBytes.Room], Shorten(directory), name);
        long start = DiskCalls.Begin();
        int file = isDirectory
            ? LinuxCalls.OpenDirectory(DescriptorOf(handle), path, out error)
            : LinuxCalls.OpenFile(DescriptorOf(handle), path, out error);
        Calls.End(CallKind.Open, start);
        GC.KeepAlive(handle);
        return file;
    }

    private SafeFileHandle? TryOpen()
    {
        if (!LinuxCalls.AreAtHand)
        {
            return null;
        }
        long start = DiskCalls.Begin();
        PathBytes path = new(stackalloc byte[PathBytes.Room], Path, "");
        int directory = LinuxCalls.OpenDirectory(LinuxCalls.FromRoot, path, out _);
        Calls.End(CallKind.Open, start);
        return directory < 0 ? null : new SafeFileHandle(directory, ownsHandle: true);
    }

    private static int DescriptorOf(SafeFileHandle? handle) =>
        handle is null ? LinuxCalls.FromRoot : (int)handle.DangerousGetHandle();

    /// <summary>What is left of the path of something in the directory, once that is open.</summary>
    private ReadOnlySpan<char> Shorten(string path) =>
        _handle.Value is null ? path
        : path.Length < _prefix ? ""
        : path.AsSpan(_prefix);

    private static string TextOf(int error) => Marshal.GetPInvokeErrorMessage(error);
}
