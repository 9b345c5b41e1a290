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
    private const int MaxFails = 2000;

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

    /// <summary>How many variations were too hard to decide.</summary>
    public int UndecidedCount { get; private set; }

    /// <summary>Solves a variation.</summary>
    /// <returns>The resolve; null if there is none, or none was found in good time.</returns>
    public SolvedResult? Solve(
        IReadOnlyList<string> request,
        IPackageRepository? variedRepository = null,
        ResolveOptions? variedOptions = null
    ) => Ask(request, variedRepository, variedOptions) as SolvedResult;

    /// <summary>Whether a variation certainly has no resolve.</summary>
    public bool IsUnsolvable(IReadOnlyList<string> request, IPackageRepository variedRepository) =>
        Ask(request, variedRepository) is { } result && result is not SolvedResult;

    /// <summary>Puts a variation to the engine.</summary>
    /// <returns>What came of it; null if it was too hard.</returns>
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
                throw new BadInputException(error.Message);
            case FailedResult when result.Statistics.NumFails >= MaxFails:
                UndecidedCount++;
                return null;
            default:
                return result;
        }
    }
}
