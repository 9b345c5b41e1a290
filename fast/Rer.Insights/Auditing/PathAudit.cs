using Rer.Repositories;
using Version = Rer.Versions.Version;

namespace Rer.Insights.Auditing;

/// <summary>Finds packages in package paths that no resolve can see.</summary>
internal static class PathAudit
{
    private const string Ignore = ".ignore";

    /// <summary>Finds versions hidden by a file or by an earlier path.</summary>
    /// <param name="repository">The packages.</param>
    /// <param name="progress">Receives progress.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <param name="only">The families to check; null for all.</param>
    public static IEnumerable<AuditFinding> Find(
        FilesystemRepository repository,
        IProgress<InsightProgress>? progress,
        CancellationToken cancellationToken,
        IReadOnlyCollection<string>? only = null
    )
    {
        var ignored = new AuditCause($"hidden by files {Ignore}VERSION", [], false, null);
        Dictionary<(string Path, string First), AuditCause> shadowed = [];
        // The first path that has each version.
        Dictionary<(string Family, Version Version), string> seen = [];
        int done = 0;
        foreach (string path in repository.SearchPaths)
        {
            var alone = new FilesystemRepository([path]);
            foreach (string family in (only ?? FamiliesOf(alone)).Order(StringComparer.Ordinal))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (AuditFinding finding in IgnoredIn(Path.Combine(path, family), family, ignored))
                {
                    yield return finding;
                }
                foreach (string text in repository.SearchPaths.Count > 1 ? VersionsOf(alone, family) : [])
                {
                    if (!Version.TryParse(text, out Version? version) || seen.TryAdd((family, version), path))
                    {
                        continue;
                    }
                    string first = seen[(family, version)];
                    if (!shadowed.TryGetValue((path, first), out AuditCause? cause))
                    {
                        shadowed[(path, first)] = cause = new AuditCause(
                            $"{path}: shadowed by {first}",
                            [],
                            false,
                            null
                        );
                    }
                    string name = Text.Names.OfPackage(family, text);
                    yield return new AuditFinding(
                        AuditRule.Shadowed,
                        family,
                        text,
                        null,
                        $"{name} in {path} is shadowed by the one in {first}",
                        path,
                        cause,
                        Path.Combine(path, family, text)
                    );
                }
            }
            progress?.Report(new InsightProgress("looking for hidden versions", ++done, repository.SearchPaths.Count));
        }
    }

    private static IEnumerable<AuditFinding> IgnoredIn(string directory, string family, AuditCause cause)
    {
        foreach (
            string file in Attempt(() => Directory.GetFiles(directory, Ignore + "*")).Order(StringComparer.Ordinal)
        )
        {
            string version = Path.GetFileName(file)[Ignore.Length..];
            // A file whose name contains no version hides nothing.
            if (version.Length == 0 || !Directory.Exists(Path.Combine(directory, version)))
            {
                continue;
            }
            yield return new AuditFinding(
                AuditRule.Ignored,
                family,
                version,
                null,
                $"{Text.Names.OfPackage(family, version)} is hidden by {file}",
                "",
                cause,
                file
            );
        }
    }

    private static string[] FamiliesOf(FilesystemRepository alone) => Attempt(() => alone.GetFamilies().ToArray());

    private static string[] VersionsOf(FilesystemRepository alone, string family) =>
        Attempt(() => alone.GetVersions(family).ToArray());

    /// <summary>Lists something; empty if it cannot be listed. The error is reported when packages are read.</summary>
    private static string[] Attempt(Func<string[]> list)
    {
        try
        {
            return list();
        }
        catch (Exception e) when (e is PackageDataException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
