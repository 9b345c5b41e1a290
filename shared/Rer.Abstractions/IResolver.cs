namespace Rer;

/// <summary>
/// An engine: answers which packages a request resolves to, and if none do, why. Safe for concurrent callers.
/// </summary>
public interface IResolver
{
    /// <summary>What users call the engine: <c>reference</c> or <c>fast</c>.</summary>
    string Name { get; }

    /// <summary>Resolves a request.</summary>
    /// <param name="request">Requirements as in <c>rez-env</c>: <c>maya-2024+</c>, <c>!foo-1</c>, <c>~bar==2</c>,
    /// <c>.feature-1</c>. Their order matters.</param>
    /// <param name="repository">Where packages come from.</param>
    /// <param name="options">Filters, orderers, limits; null for rez's defaults.</param>
    /// <param name="cancellationToken">Ends the solve with <see cref="StopReason.Cancelled"/>.</param>
    /// <returns>One of the four outcomes. Wrong input is an <see cref="ErrorResult"/>, not an exception; exceptions
    /// of the callback and of the log's writer pass through.</returns>
    ResolveResult Resolve(
        IReadOnlyList<string> request,
        IPackageRepository repository,
        ResolveOptions? options = null,
        CancellationToken cancellationToken = default
    );
}
