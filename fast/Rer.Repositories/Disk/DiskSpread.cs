namespace Rer.Repositories.Disk;

/// <summary>How many operations of a slow disk to begin with.</summary>
/// <remarks>
/// PERF: rez's median and largest request on a FUSE file system that serves ten operations at a time, and one lookup in
/// a directory. Looking at 1,080 and 6,158 definitions: 0.36 and 1.65 s with ten at a time and two in a directory, 0.40
/// and 1.76 s with twelve and three. Reading them: 0.77 and 4.15 s, against 0.71 and 3.95 s (<c>tests/slowfs</c>,
/// 2026-11-29, for commit 3eaf273).
/// </remarks>
/// <param name="AtATime">How many run at a time.</param>
/// <param name="InDirectory">How many of them run in one directory while another has some.</param>
internal readonly record struct DiskSpread(int AtATime, int InDirectory)
{
    /// <summary>
    /// Looks. A look takes two round trips: of two looks, one finds its version in the family's directory, while the
    /// other is in the version's own.
    /// </summary>
    public static DiskSpread Looks { get; } = new(AtATime: 10, InDirectory: 2);

    /// <summary>Reads. A read takes more round trips in the version's directory.</summary>
    public static DiskSpread Reads { get; } = new(AtATime: 12, InDirectory: 3);
}
