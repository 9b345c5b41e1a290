namespace Rer.Repositories.Disk;

/// <summary>What exists at a path, following symbolic links.</summary>
internal enum FileKind : byte
{
    /// <summary>
    /// Nothing, a broken link, or something that may not be looked at. Python's <c>isfile</c> and <c>isdir</c> are
    /// false for each of these.
    /// </summary>
    None,
    File,
    Directory,
    Other,
}

/// <summary>
/// The result of one look at a path. <see cref="FileIdentity"/> decides which parts of it show that a file is
/// unchanged.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Modified">When its contents were last modified, in nanoseconds since 1970. Anyone who may write the
/// file can set this.</param>
/// <param name="Changed">When anything about it was last changed, in nanoseconds since 1970. Nobody can set this. 0 if
/// the system does not report it.</param>
/// <param name="Device">The device that it is on; 0 if such numbers may differ from mount to mount.</param>
/// <param name="Number">What identifies it on the device: its inode or, without inodes, its creation time. 0 if such
/// numbers may differ from mount to mount.</param>
/// <param name="Owner">The number of its owner; 0 if there is none.</param>
/// <param name="Mode">Its permissions, as in <c>chmod</c>; 0 if the system does not report them.</param>
internal readonly record struct FileLook(
    FileKind Kind,
    long Size,
    long Modified,
    long Changed,
    long Device,
    long Number,
    uint Owner,
    ushort Mode
)
{
    private const long Second = 1_000_000_000;

    // A file that is rewritten within this time may look the same. File systems have a resolution of up to 2 s (FAT),
    // and a server's clock may be a little behind.
    private const long CoarseTick = 2_500_000_000;

    // This system's own file systems use its own clock, which ticks at least every 10 ms.
    private const long FineTick = 50_000_000;

    /// <summary>Whether it is old enough that any later change is visible.</summary>
    public bool IsSettled => IsSettledAt(DateTimeOffset.UtcNow);

    /// <summary>
    /// Whether any change after a time is visible. False if the file's times are in the future, or if Linux reports no
    /// time of change.
    /// </summary>
    internal bool IsSettledAt(DateTimeOffset time)
    {
        bool isFine = Device != 0 && Modified % Second != 0 && Changed % Second != 0;
        long age = ((time - DateTimeOffset.UnixEpoch).Ticks * 100) - Math.Max(Modified, Changed);
        return Kind != FileKind.None
            && (Changed != 0 || !OperatingSystem.IsLinux())
            && age > (isFine ? FineTick : CoarseTick);
    }
}
