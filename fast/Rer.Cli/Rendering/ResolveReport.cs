using Rer.Cli.Input;

namespace Rer.Cli.Rendering;

/// <summary>A solve and its question: what every rendering of it is made from.</summary>
/// <param name="Request">The requirements that were asked for, as they were written.</param>
/// <param name="ImplicitRequest">The requirements that configuration added to them.</param>
/// <param name="Result">How the solve ended.</param>
/// <param name="Repository">Where packages came from; null where that is not shown.</param>
internal sealed record ResolveReport(
    IReadOnlyList<string> Request,
    IReadOnlyList<string> ImplicitRequest,
    ResolveResult Result,
    OpenRepository? Repository = null
);
