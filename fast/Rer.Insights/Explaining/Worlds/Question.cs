using System.Runtime.CompilerServices;

namespace Rer.Insights;

/// <summary>Asks an engine variations of one question.</summary>
/// <param name="resolver">The engine.</param>
/// <param name="repository">The packages.</param>
/// <param name="options">The options of the question. Their limits, callback and log do not apply to
/// variations.</param>
/// <param name="cancellationToken">Ends a trial, and the operation that needs it, with an
/// <see cref="OperationCanceledException"/>.</param>
public sealed class Question(
    IResolver resolver,
    IPackageRepository repository,
    ResolveOptions options,
    CancellationToken cancellationToken
)
{
    /// <summary>
    /// The limit on failed steps in a variation. A variation may be far harder than the question itself: a request that
    /// fails at the first step may take millions of steps with one requirement less. A variation beyond the limit is
    /// left undecided. Failures in the books take a few hundred steps.
    /// </summary>
    public const int MaxFails = 2000;

    private readonly SortedSet<string> _unreadable = new(StringComparer.Ordinal);

    // Results with the options as they are, by repository and request. Several findings need the same trial.
    private readonly ConditionalWeakTable<IPackageRepository, Dictionary<string, ResolveResult?>> _trials = [];

    /// <summary>The packages as they are.</summary>
    public IPackageRepository Repository => repository;

    /// <summary>The options, without the caller's limits.</summary>
    public ResolveOptions Options { get; } =
        options with
        {
            MaxFails = MaxFails,
            TimeLimit = null,
            Callback = null,
            Log = null,
        };

    /// <summary>The options without filters.</summary>
    internal ResolveOptions Unfiltered => Options with { PackageFilters = [], Timestamp = 0 };

    /// <summary>Whether a filter or a timestamp may hide packages.</summary>
    internal bool HasFilters => Options is not { PackageFilters.Count: 0, Timestamp: 0 };

    /// <summary>The number of variations that were too hard to decide.</summary>
    public int UndecidedCount { get; private set; }

    /// <summary>
    /// The errors for packages that variations reached and could not read. The question itself did not need these
    /// packages. Such a variation is left undecided.
    /// </summary>
    public IReadOnlyCollection<string> Unreadable => _unreadable;

    /// <summary>Solves a variation.</summary>
    /// <returns>The resolve; null if there is none, or if undecided.</returns>
    internal SolvedResult? Solve(
        IReadOnlyList<string> request,
        IPackageRepository? variedRepository = null,
        ResolveOptions? variedOptions = null
    ) => Ask(request, variedRepository, variedOptions) as SolvedResult;

    /// <summary>Whether a variation has no resolve; null if undecided.</summary>
    internal bool? HasNoResolve(IReadOnlyList<string> request, IPackageRepository? variedRepository = null) =>
        Ask(request, variedRepository) is { } result ? result is not SolvedResult : null;

    /// <summary>Whether a variation certainly has no resolve.</summary>
    internal bool IsUnsolvable(IReadOnlyList<string> request, IPackageRepository? variedRepository = null) =>
        HasNoResolve(request, variedRepository) == true;

    /// <summary>Asks the engine a variation.</summary>
    /// <returns>The result; null if undecided.</returns>
    internal ResolveResult? Ask(
        IReadOnlyList<string> request,
        IPackageRepository? variedRepository = null,
        ResolveOptions? variedOptions = null
    )
    {
        IPackageRepository world = variedRepository ?? repository;
        if (variedOptions is not null)
        {
            return Try(request, world, variedOptions);
        }
        Dictionary<string, ResolveResult?> trials = _trials.GetOrCreateValue(world);
        string key = string.Join('\0', request);
        if (!trials.TryGetValue(key, out ResolveResult? known))
        {
            trials[key] = known = Try(request, world, Options);
        }
        return known;
    }

    private ResolveResult? Try(IReadOnlyList<string> request, IPackageRepository world, ResolveOptions asked)
    {
        ResolveResult result = resolver.Resolve(request, world, asked, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        switch (result)
        {
            case ErrorResult { Kind: ResolveErrorKind.InvalidSyntax or ResolveErrorKind.PackageData } error:
                _unreadable.Add(error.Message);
                return null;
            case FailedResult when result.Statistics.NumFails >= MaxFails:
                UndecidedCount++;
                return null;
            default:
                return result;
        }
    }

    /// <summary>A definition; null if it cannot be read, which is recorded in <see cref="Unreadable"/>.</summary>
    internal PackageDefinition? TryGetDefinition(string family, string version)
    {
        try
        {
            return repository.GetDefinition(family, version);
        }
        catch (PackageDataException e)
        {
            _unreadable.Add(e.Message);
            return null;
        }
    }

    /// <summary>
    /// The definition of a package without its requirements. Only filters and orderers need more than the name, so
    /// without them the package need not be readable.
    /// </summary>
    internal PackageDefinition WithoutRequirements(string family, string version) =>
        HasFilters || Options.PackageOrderers is { Count: > 0 } || Options.ConfiguredOrderers.Count > 0
            ? new PackageDefinition { Timestamp = repository.GetDefinition(family, version).Timestamp }
            : new PackageDefinition();

    /// <summary>A requirement that only one version of a family satisfies.</summary>
    internal static string Pin(string family, string version) => $"{family}=={version}";
}
