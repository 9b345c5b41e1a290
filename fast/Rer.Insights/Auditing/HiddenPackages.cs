using Rer.Repositories;

namespace Rer.Insights.Auditing;

/// <summary>
/// Packages on disk that no resolve can see. A file <c>.ignoreVERSION</c> hides them, or an equal version in an earlier
/// path does.
/// </summary>
internal static class HiddenPackages
{
    /// <summary>
    /// The hidden packages of some families, path by path. Each is a sentence that says what hides it.
    /// </summary>
    public static IEnumerable<string> Find(FilesystemRepository repository, IEnumerable<string> families) =>
        PathAudit.Find(repository, null, CancellationToken.None, [.. families]).Select(finding => finding.Message);
}
