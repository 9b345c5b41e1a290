using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rer.Repositories.Disk;

/// <summary>
/// Technique: paths relative to an open directory. A package path is opened on first use and stays open, and the system
/// resolves everything in it from there. With three directories above the families, looking at a file from the root
/// takes 1.5 times as long, and a solve looks at a thousand files.
/// </summary>
/// <remarks>
/// Studios may switch a package path to another directory by changing a link. A repository that was opened before keeps
/// using the old one. Listings, looks and reads all start from the same directory, so two releases are never mixed. If
/// the directory cannot be opened, or on systems other than Linux, paths are resolved from the root as usual.
/// </remarks>
internal sealed class DirectoryRoot
{
    private readonly Lazy<SafeFileHandle?> _handle;
    private readonly int _prefix;

    /// <summary>Creates a root for a directory, without opening it.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="calls">Counts the calls.</param>
    public DirectoryRoot(string path, DiskCalls calls)
    {
        (Path, Calls) = (path, calls);
        _handle = new Lazy<SafeFileHandle?>(TryOpen);
        _prefix = System.IO.Path.EndsInDirectorySeparator(path) ? path.Length : path.Length + 1;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Counts its calls.</summary>
    public DiskCalls Calls { get; }

    /// <summary>
    /// The real path of the open directory, with links resolved and without reading the disk; its path if that is not
    /// known.
    /// </summary>
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
    /// <param name="name">The thing's name in the directory; empty if <paramref name="directory"/> is already the full
    /// path.</param>
    public FileLook Look(string directory, string name = "") => Look(directory, "", name);

    /// <summary>Looks at something in a directory of a directory.</summary>
    /// <param name="directory">The full path of a directory in it, or of itself.</param>
    /// <param name="inner">The name of a directory there; empty for none.</param>
    /// <param name="name">The thing's name in that directory.</param>
    public FileLook Look(string directory, string inner, string name)
    {
        long start = DiskCalls.Begin();
        FileLook look = Ask(directory, inner, name);
        Calls.End(CallKind.Look, start);
        return look;
    }

    /// <summary>
    /// Looks at a directory right after a look at something in it. A network disk sent the directory's attributes with
    /// that look, so this is not counted or timed as a call.
    /// </summary>
    /// <param name="directory">Its full path.</param>
    public FileLook LookAround(string directory) => Ask(directory, "", "");

    /// <summary>Lists this directory, or a directory inside it.</summary>
    /// <param name="directory">Its full path.</param>
    public DirectoryContent List(string directory)
    {
        if (!LinuxCalls.AreAvailable)
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

    /// <summary>
    /// Whether a path leads to a directory that may be entered, even if its name is not valid UTF-8.
    /// </summary>
    public static bool IsOpen(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        return new DirectoryRoot(full, DiskCalls.Local()).Look(full, ".").Kind == FileKind.Directory;
    }

    /// <summary>The kind of a directory entry, following links.</summary>
    /// <param name="directory">The full path of the directory.</param>
    /// <param name="entry">The entry, as listed.</param>
    public FileKind KindOf(string directory, DirectoryEntry entry) =>
        entry.Kind switch
        {
            EntryKind.File => FileKind.File,
            EntryKind.Directory => FileKind.Directory,
            EntryKind.Other => FileKind.Other,
            _ => Look(directory, entry.Name).Kind,
        };

    /// <summary>
    /// Reads a whole file. It must be a regular file: reading a pipe would block, and a device may have no end.
    /// </summary>
    /// <param name="directory">The full path of the directory that contains it.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="most">The maximum number of bytes.</param>
    public FileContent Read(string directory, string name, int most)
    {
        if (!LinuxCalls.AreAvailable)
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

    /// <summary>Opens a regular file, to be read in parts; null if there is none, or access is denied.</summary>
    /// <param name="directory">The full path of the directory that contains it.</param>
    /// <param name="name">Its name there.</param>
    public OpenFile? OpenFile(string directory, string name)
    {
        if (!LinuxCalls.AreAvailable)
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
        // Looking at an open file does not read the disk. Opening it has already fetched the attributes.
        FileLook before = LinuxCalls.Look(file);
        List<DirectoryEntry> entries = [];
        long start = DiskCalls.Begin();
        int error = LinuxCalls.ListAndClose(file, entries, out FileLook after);
        Calls.End(CallKind.Listing, start);
        return error != 0
            ? DirectoryContent.Failed(before, TextOf(error))
            : new DirectoryContent(before, entries, IsSteady: after == before, Error: null);
    }

    /// <summary>
    /// Reads to the end, even beyond the reported size. Files that are generated on reading report none.
    /// </summary>
    private FileContent ReadOpen(int file, in FileLook look, int most)
    {
        // This is several times the size of most definitions.
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

    private FileLook Ask(string directory, string inner, string name)
    {
        SafeFileHandle? handle = _handle.Value;
        FileLook look = LinuxCalls.AreAvailable
            ? LinuxCalls.Look(
                DescriptorOf(handle),
                new PathBytes(stackalloc byte[PathBytes.Room], Shorten(directory), inner, name)
            )
            : PortableCalls.Look(System.IO.Path.Join(directory, inner, name));
        GC.KeepAlive(handle);
        return look;
    }

    private int Open(string directory, string name, bool isDirectory, out int error)
    {
        SafeFileHandle? handle = _handle.Value;
        PathBytes path = new(stackalloc byte[PathBytes.Room], Shorten(directory), "", name);
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
        if (!LinuxCalls.AreAvailable)
        {
            return null;
        }
        long start = DiskCalls.Begin();
        PathBytes path = new(stackalloc byte[PathBytes.Room], Path, "", "");
        int directory = LinuxCalls.OpenDirectory(LinuxCalls.FromRoot, path, out _);
        Calls.End(CallKind.Open, start);
        return directory < 0 ? null : new SafeFileHandle(directory, ownsHandle: true);
    }

    private static int DescriptorOf(SafeFileHandle? handle) =>
        handle is null ? LinuxCalls.FromRoot : (int)handle.DangerousGetHandle();

    /// <summary>The rest of a path in the directory, relative to the open directory.</summary>
    private ReadOnlySpan<char> Shorten(string path) =>
        _handle.Value is null ? path
        : path.Length < _prefix ? ""
        : path.AsSpan(_prefix);

    private static string TextOf(int error) => Marshal.GetPInvokeErrorMessage(error);
}
