using Rer.Repositories;

namespace Rer.Insights.Auditing;

/// <summary>
/// Packages on disk that no resolve can see: a file <c>.ignoreVERSION</c> or an equal version in an earlier path hides
/// them.
/// </summary>
internal static class HiddenPackages
{
    /// <summary>The hidden packages of some families, path by path. Each is a sentence with the reason.</summary>
    public static IEnumerable<string> Find(FilesystemRepository repository, IEnumerable<string> families) =>
        PathAudit.Find(repository, null, CancellationToken.None, [.. families]).Select(finding => finding.Message);
}
