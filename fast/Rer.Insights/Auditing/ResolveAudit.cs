using System.Collections.Concurrent;
using Rer.Insights.Catalogs;
using Rer.Insights.Explaining.Worlds;
using Rer.Insights.Results;
using Rer.Insights.Text;

namespace Rer.Insights.Auditing;

/// <summary>Resolves every version of a repository by itself, and each of its variants where that is asked for.</summary>
internal sealed class ResolveAudit(
    IResolver resolver,
    IPackageRepository repository,
    PackageCatalog catalog,
    AuditOptions options,
    IProgress<InsightProgress>? progress,
    CancellationToken cancellationToken
)
{
    private readonly ResolveOptions _options = options.Resolve with
    {
        MaxFails = options.Resolve.MaxFails ?? AuditOptions.DefaultMaxFails,
    };

    private int _count;

    /// <summary>How many resolves were asked for.</summary>
    public int Count => _count;

    /// <summary>Finds what does not resolve, and why.</summary>
    public IEnumerable<AuditFinding> Find()
    {
        CatalogPackage[] packages = [.. catalog.Packages.Where(package => package.Definition is not null)];
        var failures = new ConcurrentBag<AuditFailure>();
        int done = 0;
        ForEach(
            packages,
            package =>
            {
                foreach (AuditFailure failure in FailuresOf(package))
                    failures.Add(failure);
                progress?.Report(new InsightProgress("resolving", Interlocked.Increment(ref done), packages.Length));
            }
        );
        var causes = new FailureCauseFinder(
            resolver,
            repository,
            catalog,
            _options,
            options.TimeForCores,
            progress,
            cancellationToken
        );
        return causes.Find([.. failures.OrderBy(failure => failure.Name, StringComparer.Ordinal)]);
    }

    private void ForEach<T>(IReadOnlyList<T> items, Action<T> action) =>
        Parallel.ForEach(
            Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions
            {
                CancellationToken = cancellationToken,
                MaxDegreeOfParallelism = Environment.ProcessorCount,
            },
            action
        );

    private IEnumerable<AuditFailure> FailuresOf(CatalogPackage package)
    {
        string[] request = [Question.Pin(package.Family, package.Text), .. options.ImplicitRequest];
        ResolveResult result = Resolve(request, repository);
        if (result is not SolvedResult solved)
        {
            yield return new AuditFailure(package, null, request, result);
            yield break; // nor do its variants
        }
        int count = package.Definition!.Variants.Count;
        if (!options.Variants || count < 2)
            yield break;
        int? chosen = VariantOf(package, solved);
        for (int index = 0; index < count; index++)
        {
            if (index != chosen && VariantFailure(package, index, request) is { } failure)
                yield return failure;
        }
    }

    /// <summary>
    /// Whether a variant is in no resolve of its version. Asked for together with what it requires, it is mostly chosen: then
    /// there is one. Else a world is made in which the version has no other variant.
    /// </summary>
    private AuditFailure? VariantFailure(CatalogPackage package, int index, string[] request)
    {
        string[] withIts = [.. request, .. package.Definition!.Variants[index]];
        if (Resolve(withIts, repository) is SolvedResult solved && VariantOf(package, solved) == index)
            return null;
        var kept = new ResolvedPackage(package.Family, package.Text, index);
        ResolveResult result = Resolve(request, new SingleVariantRepository(repository, kept));
        return result is SolvedResult ? null : new AuditFailure(package, index, request, result);
    }

    private static int? VariantOf(CatalogPackage package, SolvedResult solved) =>
        solved.Packages.First(item => item.Name == package.Family).VariantIndex;

    private ResolveResult Resolve(string[] request, IPackageRepository world)
    {
        Interlocked.Increment(ref _count);
        ResolveResult result = resolver.Resolve(request, world, _options, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }
}

/// <summary>A package that does not resolve by itself.</summary>
/// <param name="Package">The package.</param>
/// <param name="Variant">The variant that it alone had; null for all as they are.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Result">What came of it.</param>
internal sealed record AuditFailure(CatalogPackage Package, int? Variant, string[] Request, ResolveResult Result)
{
    public string Name => Variant is { } index ? FormattableString.Invariant($"{Package.Name}[{index}]") : Package.Name;

    /// <summary>What the engine says of it, in rez's words.</summary>
    public string Text { get; } = Names.ReasonOf(Result) ?? "";

    /// <summary>Whether it is certain that there is no resolve.</summary>
    public bool IsCertain(int? maxFails) => Certainty.HasResolve(Result, maxFails) == false;
}
