namespace Rer;

/// <summary>
/// An engine: it finds the packages that a request resolves to, or why there are none. Safe for concurrent callers.
/// </summary>
public interface IResolver
{
    /// <summary>The engine's name as users know it: <c>reference</c> or <c>fast</c>.</summary>
    string Name { get; }

    /// <summary>Resolves a request.</summary>
    /// <param name="request">Requirements as in <c>rez-env</c>: <c>maya-2024+</c>, <c>!foo-1</c>, <c>~bar==2</c>,
    /// <c>.feature-1</c>. Their order matters.</param>
    /// <param name="repository">Where packages come from.</param>
    /// <param name="options">Filters, orderers and limits; null for rez's defaults.</param>
    /// <param name="cancellationToken">Ends the solve with <see cref="StopReason.Cancelled"/>.</param>
    /// <returns>One of the four outcomes. Invalid input gives an <see cref="ErrorResult"/>, not an exception.
    /// Exceptions thrown by the callback or by the log's writer propagate.</returns>
    ResolveResult Resolve(
        IReadOnlyList<string> request,
        IPackageRepository repository,
        ResolveOptions? options = null,
        CancellationToken cancellationToken = default
    );
}
