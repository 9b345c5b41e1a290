using System.Collections.Concurrent;
using Rer.Insights.Auditing;
using Rer.Insights.Catalogs;
using Rer.Repositories;

namespace Rer.Insights;

/// <summary>Checks the health of a whole repository: which packages resolve, and what else is wrong.</summary>
public static class Auditor
{
    /// <summary>Audits a repository on all cores.</summary>
    /// <param name="resolver">The engine. It is called from several threads.</param>
    /// <param name="repository">The packages. If they are on disk (<see cref="FilesystemRepository"/>), hidden packages
    /// are reported too, and findings have paths.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="progress">Receives progress, from several threads.</param>
    /// <param name="cancellationToken">Ends the audit with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="PackageDataException">The families cannot be listed.</exception>
    public static AuditReport Audit(
        IResolver resolver,
        IPackageRepository repository,
        AuditOptions? options = null,
        IProgress<InsightProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentNullException.ThrowIfNull(repository);
        options ??= new AuditOptions();
        var packages = repository as FilesystemRepository;
        PackageCatalog catalog = PackageCatalog.Read(repository, latestOnly: false, progress, cancellationToken);
        CompiledRepository compiled = CompileAll(repository, catalog, options.Resolve.Building, cancellationToken);
        var resolves = new ResolveAudit(resolver, compiled, catalog, options, progress, cancellationToken);
        List<AuditFinding> findings =
        [
            .. DefinitionAudit.Unreadable(catalog),
            .. DefinitionAudit.Requirements(catalog, options.Resolve.Building),
            .. DefinitionAudit.NeverChosen(catalog, options.Resolve.Building),
            .. resolves.Find(),
            .. packages is null ? [] : PathAudit.Find(packages, progress, cancellationToken),
        ];
        AuditFinding[] ordered =
        [
            .. findings
                .Select(finding => packages is null ? finding : Placed(finding, packages))
                .OrderBy(finding => AuditRule.All.IndexOf(finding.Rule))
                .ThenBy(finding => finding.Package, StringComparer.Ordinal)
                .ThenBy(finding => finding.Detail, StringComparer.Ordinal),
        ];
        return new AuditReport(
            ordered,
            [
                .. ordered
                    .GroupBy(finding => finding.Cause)
                    .OrderByDescending(group => group.First().Rule.Level)
                    .ThenByDescending(group => group.Count())
                    .Select(group => group.Key),
            ],
            new AuditCounts(catalog.Families.Count, catalog.Packages.Count(), resolves.Count, Known: 0)
        );
    }

    /// <summary>
    /// Compiles every family, on all cores. The catalog has already used the repository from several threads.
    /// Definitions that cannot be read are left to the resolves that need them.
    /// </summary>
    private static CompiledRepository CompileAll(
        IPackageRepository repository,
        PackageCatalog catalog,
        bool building,
        CancellationToken cancellationToken
    )
    {
        CompiledRepository compiled = new CompiledRepository(repository).For(building);
        Parallel.ForEach(
            Partitioner.Create(catalog.Families.Keys, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { CancellationToken = cancellationToken },
            family => compiled.Catalogue.Families.LoadAll(compiled.Catalogue.Slots.Get(family), [])
        );
        return compiled;
    }

    private static int IndexOf(this IReadOnlyList<AuditRule> rules, AuditRule rule)
    {
        for (int i = 0; i < rules.Count; i++)
        {
            if (rules[i] == rule)
            {
                return i;
            }
        }
        return rules.Count;
    }

    /// <summary>Adds the definition's file to a finding that has no better path.</summary>
    private static AuditFinding Placed(AuditFinding finding, FilesystemRepository packages)
    {
        if (finding.Path is not null || finding.Version is null)
        {
            return finding;
        }
        string path = packages.PathOf(finding.Family, finding.Version);
        return finding with { Path = Path.Join(path, DefinitionFiles.FindName(path)) };
    }
}
