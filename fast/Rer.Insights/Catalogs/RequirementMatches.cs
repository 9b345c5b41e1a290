using System.Collections.Concurrent;
using Rer.Versions;

namespace Rer.Insights.Catalogs;

/// <summary>What requirements mean against a catalog; each text is read once.</summary>
internal sealed class RequirementMatches(PackageCatalog catalog)
{
    private readonly ConcurrentDictionary<string, RequirementMatch> _matches = new(StringComparer.Ordinal);

    /// <summary>What a requirement means.</summary>
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

/// <summary>A requirement and the packages that meet it.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Requirement">As it is read; null if it cannot be.</param>
/// <param name="Packages">The packages of its family that meet it.</param>
/// <param name="Problem">Why it cannot be read; null if it can.</param>
internal sealed record RequirementMatch(
    string Text,
    Requirement? Requirement,
    IReadOnlyList<CatalogPackage> Packages,
    string? Problem
)
{
    /// <summary>Whether it brings its family in: no conflict, no weak reference, no ephemeral.</summary>
    public bool IsPull => Requirement is { Conflict: false } requirement && !requirement.Name.StartsWith('.');
}
