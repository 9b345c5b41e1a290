using Rer.Repositories;

namespace Rer.Cli.Rendering;

/// <summary>A solve and its question: what every rendering of it is made from.</summary>
/// <param name="Request">The requirements that were asked for, as they were written.</param>
/// <param name="ImplicitRequest">The requirements that configuration added to them.</param>
/// <param name="Result">How the solve ended.</param>
/// <param name="Repository">What was read from disk; null where nothing was.</param>
internal sealed record ResolveReport(
    IReadOnlyList<string> Request,
    IReadOnlyList<string> ImplicitRequest,
    ResolveResult Result,
    RepositoryStatistics? Repository = null
);
