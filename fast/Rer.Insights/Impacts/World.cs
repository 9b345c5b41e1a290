namespace Rer.Insights;

/// <summary>What requests are resolved in: the packages that there are, and how they are resolved.</summary>
/// <param name="Repository">The packages.</param>
/// <param name="Options">Filters, orderers, time and the like.</param>
/// <param name="ImplicitPackages">What is added to a request that does not bring its own.</param>
public sealed record World(
    IPackageRepository Repository,
    ResolveOptions Options,
    IReadOnlyList<string> ImplicitPackages
);

/// <summary>A request to be resolved in two worlds.</summary>
/// <param name="Name">Where it is from, for people: a line of a file, or a context.</param>
/// <param name="Request">The requirements.</param>
/// <param name="ImplicitPackages">What is added to it in both worlds, as a context says; null for what the world says.</param>
/// <param name="Path">The file that it is from; null where it is from none.</param>
/// <param name="Line">The line in the file, from 1; null where it has none of its own.</param>
public sealed record ImpactRequest(
    string Name,
    IReadOnlyList<string> Request,
    IReadOnlyList<string>? ImplicitPackages = null,
    string? Path = null,
    int? Line = null
);
