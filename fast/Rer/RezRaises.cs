using Rer.Versions;

namespace Rer;

/// <summary>
/// Recognises requests on which rez may raise an exception although this engine answers them (SOLVER.md#departures). An
/// integration that replaces rez passes such requests back to it.
/// </summary>
/// <remarks>Whether rez does raise depends on what it happens to compare. This check errs on the safe side.</remarks>
internal static class RezRaises
{
    /// <summary>The exception that rez may raise and its cause, in one line; null if it raises none.</summary>
    /// <param name="request">The requirements. Those that cannot be parsed are ignored.</param>
    /// <param name="repository">The packages, after the solve. Packages that it did not load do not matter.</param>
    /// <param name="options">The options of the solve.</param>
    internal static string? Reason(
        IReadOnlyList<string> request,
        CompiledRepository repository,
        ResolveOptions options
    ) =>
        OfOrderers(options.PackageOrderers ?? [], isNested: false)
        ?? OfOrderers(options.ConfiguredOrderers, isNested: false)
        ?? OfWeakReferences(request, repository.For(options.Building));

    private static string? OfOrderers(IEnumerable<PackageOrderer> orderers, bool isNested) =>
        orderers.Select(orderer => OfOrderer(orderer, isNested)).FirstOrDefault(reason => reason is not null);

    private static string? OfOrderer(PackageOrderer orderer, bool isNested) =>
        orderer switch
        {
            SoftTimestampOrderer { Rank: not 0 } =>
                "soft_timestamp with a rank: rez raises on a range without an upper bound, or a family without packages",
            PerFamilyOrderer { DefaultOrder: null } perFamily
                when isNested || perFamily.Orderers.Any(inner => inner.Packages?.Contains("*") is true) =>
                "per_family without a default order: rez raises on a family that it does not name",
            PerFamilyOrderer perFamily => OfOrderers(perFamily.Orderers, isNested: true)
                ?? (perFamily.DefaultOrder is { } others ? OfOrderer(others, isNested: true) : null),
            _ => null,
        };

    /// <summary>
    /// Variants are compared by what they require of the requested families. <c>~foo</c> has no range, and rez cannot
    /// compare it with a requirement that has one.
    /// </summary>
    private static string? OfWeakReferences(IReadOnlyList<string> request, CompiledRepository repository)
    {
        foreach (string text in request)
        {
            try
            {
                Requirement requirement = Requirement.Parse(text);
                if (!requirement.Conflict && repository.Catalogue.Slots.Get(requirement.Name).HasWeakWithoutRange())
                {
                    return $"~{requirement.Name} in a package: rez raises where it compares it with a range";
                }
            }
            catch (VersionSyntaxException)
            {
                // The solve ends in an error, in rez too.
            }
        }

        return null;
    }
}
