using Rer.Repositories;

namespace Rer.Insights.Auditing;

/// <summary>Packages on disk that no resolve sees: a file <c>.ignoreVERSION</c> hides them, or an equal version in an earlier
/// path does.</summary>
internal static class HiddenPackages
{
    /// <summary>Those of some families, path by path: each with what hides it, in a sentence.</summary>
    public static IEnumerable<string> Find(FilesystemRepository repository, IEnumerable<string> families) =>
        PathAudit.Find(repository, null, CancellationToken.None, [.. families]).Select(finding => finding.Message);
}
