namespace Rer.Repositories.Disk;

/// <summary>What stands at a path, symbolic links followed.</summary>
internal enum FileKind : byte
{
    /// <summary>Nothing, a broken link, or what may not be looked at: Python's <c>isfile</c> and <c>isdir</c> say
    /// no to each.</summary>
    None,
    File,
    Directory,
    Other,
}

/// <summary>What one look at a path tells. What of it says that a file is still the same, <see cref="FileIdentity"/>
/// decides.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Modified">When its content was last modified, in nanoseconds since 1970; whoever may write it can set
/// this.</param>
/// <param name="Changed">When anything of it was last changed, in nanoseconds since 1970; nobody can set this. 0 where the
/// system does not tell.</param>
/// <param name="Device">The device that it lies on; 0 where such numbers may differ from mount to mount.</param>
/// <param name="Number">What tells it from another on the device: its inode, or when it was created where there are none. 0
/// where such numbers may differ from mount to mount.</param>
/// <param name="Owner">The number of the user that owns it; 0 where there is none.</param>
/// <param name="Mode">Who may do what with it, as <c>chmod</c> counts; 0 where the system does not tell.</param>
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

    // A file written again within this time may look the same: file systems count in ticks of up to 2 s (FAT), and the
    // clock of a server may be a little behind.
    private const long CoarseTick = 2_500_000_000;

    // This system's own file systems go by its own clock, which ticks every 10 ms at the slowest.
    private const long FineTick = 50_000_000;

    /// <summary>Whether it is old enough that a later change must show.</summary>
    public bool IsSettled => IsSettledAt(DateTimeOffset.UtcNow);

    /// <summary>Whether a change after a time must show. Nothing from the future is settled, nor what Linux tells no time of
    /// change of.</summary>
    internal bool IsSettledAt(DateTimeOffset time)
    {
        bool isFine = Device != 0 && Modified % Second != 0 && Changed % Second != 0;
        long age = ((time - DateTimeOffset.UnixEpoch).Ticks * 100) - Math.Max(Modified, Changed);
        return Kind != FileKind.None
            && (Changed != 0 || !OperatingSystem.IsLinux())
            && age > (isFine ? FineTick : CoarseTick);
    }
}
