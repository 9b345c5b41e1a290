namespace Rer.Repositories.Disk;

/// <summary>The number of concurrent operations to start with on a slow disk.</summary>
/// <remarks>
/// PERF: rez's median and largest request on a FUSE file system that serves ten operations at a time, and one lookup at
/// a time in each directory. Looking at 1,080 and 6,158 definitions: 0.36 and 1.65 s with ten at a time and two in a
/// directory, 0.40 and 1.76 s with twelve and three. Reading them: 0.77 and 4.15 s, against 0.71 and 3.95 s
/// (<c>tests/slowfs</c>, 2026-11-29, for commit 3eaf273).
/// </remarks>
/// <param name="AtATime">The number of operations that run at a time.</param>
/// <param name="InDirectory">The number of them that run in one directory while other directories have operations
/// waiting.</param>
internal readonly record struct DiskSpread(int AtATime, int InDirectory)
{
    /// <summary>
    /// For looks. A look takes two round trips: one in the family's directory, to find the version, and one in the
    /// version's own. So two looks in a family can overlap.
    /// </summary>
    public static DiskSpread Looks { get; } = new(AtATime: 10, InDirectory: 2);

    /// <summary>For reads. A read takes more round trips in the version's directory.</summary>
    public static DiskSpread Reads { get; } = new(AtATime: 12, InDirectory: 3);
}
