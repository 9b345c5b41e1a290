namespace Rer.Repositories.Disk;

/// <summary>Where the identity of a file is to hold.</summary>
internal enum IdentityUse : byte
{
    /// <summary>On every machine that mounts the file system, by times and size: inode and device numbers of network file
    /// systems change from mount to mount.</summary>
    Shared,

    /// <summary>On one machine: also by inode and device, where they are stable.</summary>
    Local,
}

/// <summary>What tells one state of a file or directory from another.</summary>
/// <remarks>
/// The time of modification alone does not: reproducible archives give every file the same, and a file that takes the
/// place of another is often given the number of the old one. The time of change is the system's own.
/// </remarks>
/// <param name="Use">Where it is to hold.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Its size; 0 for directories where it is shared, of which each protocol says something else.</param>
/// <param name="Modified">As <see cref="FileLook.Modified"/>.</param>
/// <param name="Changed">As <see cref="FileLook.Changed"/>.</param>
/// <param name="Device">As <see cref="FileLook.Device"/>; 0 where it is shared.</param>
/// <param name="Number">As <see cref="FileLook.Number"/>; 0 where it is shared.</param>
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
    // CIFS and Windows count in these: a server that exports a directory by two protocols tells the same.
    private const long SharedTick = 100;

    /// <summary>The identity of what a look has seen.</summary>
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

    /// <summary>Whether a look sees what this is of, unchanged.</summary>
    public bool Holds(in FileLook look)
    {
        FileIdentity now = Of(look, Use);
        // Where the system tells no time of change, a shared identity goes by what there is.
        bool tells = Use == IdentityUse.Local || OperatingSystem.IsLinux() || (now.Changed != 0 && Changed != 0);
        return Kind != FileKind.None && now == (tells ? this : this with { Changed = now.Changed });
    }

    private static long InSharedTicks(long nanoseconds) => nanoseconds - (nanoseconds % SharedTick);
}
