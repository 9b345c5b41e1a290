namespace Rer.Repositories.Disk;

/// <summary>Where a file's identity is valid.</summary>
internal enum IdentityUse : byte
{
    /// <summary>
    /// On every machine that mounts the file system, by times and size. Inode and device numbers of network file
    /// systems change from mount to mount.
    /// </summary>
    Shared,

    /// <summary>On one machine, also by inode and device if they are stable.</summary>
    Local,
}

/// <summary>The attributes that distinguish one state of a file or directory from another.</summary>
/// <remarks>
/// The time of modification alone does not suffice. Reproducible archives give every file the same time, and a file
/// that replaces another often gets the old one's number. The time of change is set only by the system.
/// </remarks>
/// <param name="Use">Where it is valid.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Its size; 0 for shared directories, whose size depends on the protocol.</param>
/// <param name="Modified">As <see cref="FileLook.Modified"/>.</param>
/// <param name="Changed">As <see cref="FileLook.Changed"/>.</param>
/// <param name="Device">As <see cref="FileLook.Device"/>; 0 if shared.</param>
/// <param name="Number">As <see cref="FileLook.Number"/>; 0 if shared.</param>
internal readonly record struct FileIdentity(
    IdentityUse Use,
    FileKind Kind,
    long Size,
    long Modified,
    long Changed,
    long Device,
    long Number
)
{
    // CIFS and Windows use this unit. With it, times are the same over two protocols of one server.
    private const long SharedTick = 100;

    /// <summary>The identity of a file that was looked at.</summary>
    public static FileIdentity Of(in FileLook look, IdentityUse use) =>
        look.Kind == FileKind.None ? default
        : use == IdentityUse.Local
            ? new(use, look.Kind, look.Size, look.Modified, look.Changed, look.Device, look.Number)
        : new(
            use,
            look.Kind,
            look.Kind == FileKind.Directory ? 0 : look.Size,
            InSharedTicks(look.Modified),
            InSharedTicks(look.Changed),
            0,
            0
        );

    /// <summary>Whether a look shows the same file, unchanged.</summary>
    public bool Holds(in FileLook look)
    {
        FileIdentity now = Of(look, Use);
        // If the system reports no time of change, a shared identity does without it.
        bool comparesChanged =
            Use == IdentityUse.Local || OperatingSystem.IsLinux() || (now.Changed != 0 && Changed != 0);
        return Kind != FileKind.None && now == (comparesChanged ? this : this with { Changed = now.Changed });
    }

    private static long InSharedTicks(long nanoseconds) => nanoseconds - (nanoseconds % SharedTick);
}
