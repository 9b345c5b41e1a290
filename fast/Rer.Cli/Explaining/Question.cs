namespace Rer.Cli.Explaining;

/// <summary>Puts variations of one question to an engine, and counts them.</summary>
internal sealed class Question(
    IResolver resolver,
    IPackageRepository repository,
    ResolveOptions options,
    CancellationToken cancellationToken
)
{
    /// <summary>The packages as they are.</summary>
    public IPackageRepository Repository => repository;

    /// <summary>The options, without limits: a limit would pass for a failure.</summary>
    public ResolveOptions Options { get; } = options with { MaxFails = null, TimeLimit = null, Callback = null, Log = null };

    /// <summary>How often the engine was asked.</summary>
    public int Count { get; private set; }

    /// <summary>Solves a variation.</summary>
    public ResolveResult Ask(
        IReadOnlyList<string> request,
        IPackageRepository? variedRepository = null,
        ResolveOptions? variedOptions = null
    )
    {
        Count++;
        ResolveResult result = resolver.Resolve(
            request,
            variedRepository ?? repository,
            variedOptions ?? Options,
            cancellationToken
        );
        cancellationToken.ThrowIfCancellationRequested();
        return result is ErrorResult { Kind: ResolveErrorKind.InvalidSyntax or ResolveErrorKind.PackageData } error
            ? throw new BadInputException(error.Message)
            : result;
    }
}
