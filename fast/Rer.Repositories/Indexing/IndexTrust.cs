using System.Runtime.InteropServices;
using Rer.Repositories.Disk;

namespace Rer.Repositories.Indexing;

/// <summary>
/// Decides whose index is trusted. An index determines what requests resolve to, so an index that another user could
/// have written is rejected. On systems that report no owner, every index is trusted.
/// </summary>
internal static partial class IndexTrust
{
    private const int WritableByOthers = 0x2; // o+w
    private const int WritableByGroup = 0x10; // g+w
    private const uint Root = 0;

    /// <summary>What is wrong with a directory of local indexes; null if nothing.</summary>
    public static string? ComplaintOfDirectory(in FileLook directory) =>
        directory.Kind != FileKind.Directory || !OperatingSystem.IsLinux() ? null
        : (directory.Mode & WritableByOthers) != 0 ? "every user may write to it; name a directory of your own"
        : IsMineOrRoots(directory) ? null
        : $"it belongs to user {directory.Owner}; name a directory of your own";

    /// <summary>What is wrong with a local index; null if nothing.</summary>
    public static string? ComplaintOfLocal(in FileLook file) =>
        !OperatingSystem.IsLinux() ? null
        : !IsMineOrRoots(file) ? $"it belongs to user {file.Owner}"
        : (file.Mode & (WritableByOthers | WritableByGroup)) != 0 ? "others may write to it"
        : null;

    /// <summary>
    /// What is wrong with a published index; null if nothing. The owner of the package path is trusted, and can change
    /// the packages anyway.
    /// </summary>
    /// <param name="file">The index.</param>
    /// <param name="root">The package path.</param>
    public static string? ComplaintOfPublished(in FileLook file, DirectoryRoot root) =>
        !OperatingSystem.IsLinux() ? null
        : (file.Mode & WritableByOthers) != 0 ? "every user may write to it"
        : IsMineOrRoots(file) || root.Look(root.Path).Owner == file.Owner ? null
        : $"it belongs to user {file.Owner}, but the package path belongs to another user";

    private static bool IsMineOrRoots(in FileLook file) => file.Owner == Root || file.Owner == EffectiveUser();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
