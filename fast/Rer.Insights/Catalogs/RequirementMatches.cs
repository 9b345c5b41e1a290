using System.Collections.Concurrent;
using Rer.Versions;

namespace Rer.Insights.Catalogs;

/// <summary>Matches requirements against a catalog. Each text is parsed once.</summary>
internal sealed class RequirementMatches(PackageCatalog catalog)
{
    private readonly ConcurrentDictionary<string, RequirementMatch> _matches = new(StringComparer.Ordinal);

    /// <summary>Matches a requirement.</summary>
    public RequirementMatch Of(string text) => _matches.GetOrAdd(text, static (text, self) => self.Find(text), this);

    private RequirementMatch Find(string text)
    {
        Requirement requirement;
        try
        {
            requirement = Requirement.Parse(text);
        }
        catch (VersionSyntaxException e)
        {
            return new RequirementMatch(text, null, [], e.Message);
        }
        IReadOnlyList<CatalogPackage> packages = catalog.Families.TryGetValue(
            requirement.Name,
            out CatalogFamily? family
        )
            ? family.Packages
            : [];
        return new RequirementMatch(
            text,
            requirement,
            [.. packages.Where(package => !requirement.ConflictsWith(package.Family, package.Version))],
            null
        );
    }
}

/// <summary>A requirement and the packages that satisfy it.</summary>
/// <param name="Text">The requirement as written.</param>
/// <param name="Requirement">The parsed requirement; null if it cannot be parsed.</param>
/// <param name="Packages">The packages of its family that satisfy it.</param>
/// <param name="Problem">Why it cannot be parsed; null if it can.</param>
internal sealed record RequirementMatch(
    string Text,
    Requirement? Requirement,
    IReadOnlyList<CatalogPackage> Packages,
    string? Problem
)
{
    /// <summary>
    /// Whether it brings its family into a resolve. Conflicts, weak references and ephemerals do not.
    /// </summary>
    public bool IsPull => Requirement is { Conflict: false } requirement && !requirement.Name.StartsWith('.');
}
