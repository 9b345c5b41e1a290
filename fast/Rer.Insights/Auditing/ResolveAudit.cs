using System.Collections.Concurrent;
using Rer.Insights.Catalogs;
using Rer.Insights.Explaining.Worlds;
using Rer.Insights.Results;
using Rer.Insights.Text;

namespace Rer.Insights.Auditing;

/// <summary>Resolves every version of a repository by itself, and each variant if requested.</summary>
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

    /// <summary>The number of resolves so far.</summary>
    public int Count => _count;

    /// <summary>Finds the packages that do not resolve, and the reasons.</summary>
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
                {
                    failures.Add(failure);
                }
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
            yield break; // then its variants do not resolve either
        }
        int count = package.Definition!.Variants.Count;
        if (!options.Variants || count < 2)
        {
            yield break;
        }
        int? chosen = VariantOf(package, solved);
        for (int index = 0; index < count; index++)
        {
            if (index != chosen && VariantFailure(package, index, request) is { } failure)
            {
                yield return failure;
            }
        }
    }

    /// <summary>
    /// Checks whether any resolve of a version contains a variant. First, the version is requested together with the
    /// variant's requirements. The variant is then usually chosen. If not, the version is resolved in a repository in
    /// which it has no other variant.
    /// </summary>
    private AuditFailure? VariantFailure(CatalogPackage package, int index, string[] request)
    {
        string[] withRequirements = [.. request, .. package.Definition!.Variants[index]];
        if (Resolve(withRequirements, repository) is SolvedResult solved && VariantOf(package, solved) == index)
        {
            return null;
        }
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
/// <param name="Variant">The only variant that it was given; null if it had all of its variants.</param>
/// <param name="Request">The request.</param>
/// <param name="Result">The result.</param>
internal sealed record AuditFailure(CatalogPackage Package, int? Variant, string[] Request, ResolveResult Result)
{
    public string Name => Variant is { } index ? FormattableString.Invariant($"{Package.Name}[{index}]") : Package.Name;

    /// <summary>The reason in rez's words.</summary>
    public string Text { get; } = Names.ReasonOf(Result) ?? "";

    /// <summary>Whether it is certain that there is no resolve.</summary>
    public bool IsCertain(int? maxFails) => Certainty.HasResolve(Result, maxFails) == false;
}
