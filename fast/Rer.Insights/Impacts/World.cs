namespace Rer.Insights;

/// <summary>The packages and the options with which requests are resolved.</summary>
/// <param name="Repository">The packages.</param>
/// <param name="Options">Filters, orderers, timestamp and other options.</param>
/// <param name="ImplicitPackages">Requirements added to a request that does not have its own.</param>
public sealed record World(
    IPackageRepository Repository,
    ResolveOptions Options,
    IReadOnlyList<string> ImplicitPackages
);

/// <summary>A request to be resolved in two worlds.</summary>
/// <param name="Name">Its origin, for people: a line of a file, or a context.</param>
/// <param name="Request">The requirements.</param>
/// <param name="ImplicitPackages">Requirements added to it in both worlds, as recorded in a context; null to use those
/// of the world.</param>
/// <param name="Path">The file that it comes from; null if there is none.</param>
/// <param name="Line">The line in the file, from 1; null if it has none.</param>
public sealed record ImpactRequest(
    string Name,
    IReadOnlyList<string> Request,
    IReadOnlyList<string>? ImplicitPackages = null,
    string? Path = null,
    int? Line = null
);
