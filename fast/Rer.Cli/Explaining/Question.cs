namespace Rer.Cli.Explaining;

/// <summary>Puts variations of one question to an engine.</summary>
internal sealed class Question(
    IResolver resolver,
    IPackageRepository repository,
    ResolveOptions options,
    CancellationToken cancellationToken
)
{
    /// <summary>
    /// A variation may be far harder than the question itself: what fails at the first step may, with one requirement
    /// less, take millions. A variation that has failed so many steps is left undecided. Failures of whole resolves in
    /// the books take a few hundred.
    /// </summary>
    public const int MaxFails = 2000;

    private readonly SortedSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>The packages as they are.</summary>
    public IPackageRepository Repository => repository;

    /// <summary>The options, without the limits that were given.</summary>
    public ResolveOptions Options { get; } =
        options with
        {
            MaxFails = MaxFails,
            TimeLimit = null,
            Callback = null,
            Log = null,
        };

    /// <summary>The options without filters.</summary>
    public ResolveOptions Unfiltered => Options with { PackageFilters = [], Timestamp = 0 };

    /// <summary>Whether a filter or a time may hide packages.</summary>
    public bool HasFilters => Options is not { PackageFilters.Count: 0, Timestamp: 0 };

    /// <summary>How many variations were too hard to decide.</summary>
    public int UndecidedCount { get; private set; }

    /// <summary>What could not be read when a variation reached it. The question itself never needed it, so the
    /// variation is left undecided.</summary>
    public IReadOnlyCollection<string> Unreadable => _unreadable;

    /// <summary>Solves a variation.</summary>
    /// <returns>The resolve; null if there is none, or it was left undecided.</returns>
    public SolvedResult? Solve(
        IReadOnlyList<string> request,
        IPackageRepository? variedRepository = null,
        ResolveOptions? variedOptions = null
    ) => Ask(request, variedRepository, variedOptions) as SolvedResult;

    /// <summary>Whether a variation certainly has no resolve.</summary>
    public bool IsUnsolvable(IReadOnlyList<string> request, IPackageRepository? variedRepository = null) =>
        Ask(request, variedRepository) is { } result && result is not SolvedResult;

    /// <summary>Puts a variation to the engine.</summary>
    /// <returns>What came of it; null if it was left undecided.</returns>
    public ResolveResult? Ask(
        IReadOnlyList<string> request,
        IPackageRepository? variedRepository = null,
        ResolveOptions? variedOptions = null
    )
    {
        ResolveResult result = resolver.Resolve(
            request,
            variedRepository ?? repository,
            variedOptions ?? Options,
            cancellationToken
        );
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

    /// <summary>A definition; null where it cannot be read, which is kept for <see cref="Unreadable"/>.</summary>
    public PackageDefinition? TryGetDefinition(string family, string version)
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

    /// <summary>The definition of a package that requires nothing. Only filters and orderers ask for more than its
    /// name, so without them the package need not be readable.</summary>
    public PackageDefinition WithoutRequirements(string family, string version) =>
        HasFilters || Options.PackageOrderers is { Count: > 0 } || Options.ConfiguredOrderers.Count > 0
            ? new PackageDefinition { Timestamp = repository.GetDefinition(family, version).Timestamp }
            : new PackageDefinition();

    /// <summary>A requirement that only one version of a family meets.</summary>
    public static string Pin(string family, string version) => $"{family}=={version}";
}
