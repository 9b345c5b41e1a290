using Rer.Insights.Catalogs;
using Rer.Versions;

namespace Rer.Insights.Auditing;

/// <summary>Findings from definitions alone, without a resolve.</summary>
internal static class DefinitionAudit
{
    /// <summary>Families and definitions that cannot be read, with file and line.</summary>
    public static IEnumerable<AuditFinding> Unreadable(PackageCatalog catalog) =>
        catalog
            .Unlisted.Select(family => Unreadable(family.Key, null, family.Value))
            .Concat(
                catalog
                    .Packages.Where(package => package.Error is not null)
                    .Select(package => Unreadable(package.Family, package.Text, package.Error!))
            );

    private static AuditFinding Unreadable(string family, string? version, PackageDataException error) =>
        new(
            AuditRule.Unreadable,
            family,
            version,
            null,
            error.Message,
            "",
            new AuditCause(error.Message, [], false, null),
            error.Path,
            error.Line
        );

    /// <summary>
    /// Requirements that nothing can satisfy. Conflicts and weak references are skipped, because they may name packages
    /// that do not exist.
    /// </summary>
    public static IEnumerable<AuditFinding> Requirements(PackageCatalog catalog, bool building)
    {
        var matches = new RequirementMatches(catalog);
        Dictionary<string, AuditCause> causes = new(StringComparer.Ordinal);
        foreach (CatalogPackage package in catalog.Packages)
        {
            foreach (
                IGrouping<string, (string Requirement, int? Variant)> made in package
                    .Requirements(building)
                    .GroupBy(item => item.Requirement)
            )
            {
                if (Judge(matches.Of(made.Key), catalog) is not var (rule, text))
                {
                    continue;
                }
                if (!causes.TryGetValue(made.Key, out AuditCause? cause))
                {
                    causes[made.Key] = cause = new AuditCause(text, [], false, null);
                }
                int? variant =
                    made.All(item => item.Variant is not null) && made.Count() == 1 ? made.First().Variant : null;
                yield return new AuditFinding(
                    rule,
                    package.Family,
                    package.Text,
                    variant,
                    $"requires {text}",
                    made.Key,
                    cause
                );
            }
        }
    }

    private static (AuditRule Rule, string Text)? Judge(RequirementMatch match, PackageCatalog catalog)
    {
        if (match.Problem is { } problem)
        {
            return (AuditRule.InvalidRequirement, $"'{match.Text}', which is not a requirement: {problem}");
        }
        if (!match.IsPull || match.Packages.Count > 0)
        {
            return null;
        }
        string family = match.Requirement!.Name;
        if (catalog.Unlisted.ContainsKey(family))
        {
            return null; // reported separately
        }
        return catalog.Families.TryGetValue(family, out CatalogFamily? known)
            ? (AuditRule.EmptyRange, $"{match.Text}, but no version is in that range (versions: {Listing(known)})")
            : (AuditRule.MissingFamily, $"{match.Text}, but there is no family of that name");
    }

    private static string Listing(CatalogFamily family)
    {
        string[] names =
        [
            .. family.Packages.Select(package => package.Text.Length == 0 ? "(unversioned)" : package.Text),
        ];
        return names.Length <= 4
            ? string.Join(", ", names)
            : $"{names[0]}, {names[1]} … {names[^1]} ({names.Length} versions)";
    }

    /// <summary>
    /// Variants that have the same requirements, in the same order, as a later variant of the same version. rez's sort
    /// keys for the two differ only in the index, and the higher index goes first (<c>_PackageEntry.sort</c> in
    /// <c>solver.py</c>). A conflict with the later variant is also one with this variant.
    /// </summary>
    public static IEnumerable<AuditFinding> NeverChosen(PackageCatalog catalog, bool building) =>
        from package in catalog.Packages
        let definition = package.Definition
        where definition is { Variants.Count: > 1 }
        let merged = MergedOf(definition, building)
        from index in Enumerable.Range(0, merged.Length)
        where merged[index] is not null
        let later = Array.FindLastIndex(merged, other => other is not null && other.SequenceEqual(merged[index]!))
        where later > index
        select new AuditFinding(
            AuditRule.NeverChosen,
            package.Family,
            package.Text,
            index,
            $"variant {index} has the same requirements as variant {later}, which is tried first",
            "",
            new AuditCause($"{package.Name}: variant {index} is the same as variant {later}", [], false, null)
        );

    /// <summary>
    /// The requirements of each variant, merged as in rez; null if they contradict each other or cannot be parsed.
    /// </summary>
    private static Requirement[]?[] MergedOf(PackageDefinition definition, bool building) =>
        [
            .. definition.Variants.Select(variant =>
            {
                try
                {
                    return RequirementMerge.TryMerge(
                        [
                            .. definition
                                .Requires.Concat(variant)
                                .Concat(building ? definition.BuildRequires : [])
                                .Select(Requirement.Parse),
                        ],
                        out Requirement[]? merged,
                        out _
                    )
                        ? merged
                        : null;
                }
                catch (VersionSyntaxException)
                {
                    return null;
                }
            }),
        ];
}
