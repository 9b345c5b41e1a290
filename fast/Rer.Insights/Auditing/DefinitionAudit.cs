using Rer.Insights.Catalogs;
using Rer.Versions;

namespace Rer.Insights.Auditing;

/// <summary>What definitions tell without a resolve.</summary>
internal static class DefinitionAudit
{
    /// <summary>What cannot be read, with file and line.</summary>
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

    /// <summary>Requirements that nothing can meet. Conflicts and weak references bring nothing in, and may well name what is
    /// not there.</summary>
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
                    continue;
                if (!causes.TryGetValue(made.Key, out AuditCause? cause))
                    causes[made.Key] = cause = new AuditCause(text, [], false, null);
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
            return (AuditRule.InvalidRequirement, $"'{match.Text}', which is no requirement: {problem}");
        if (!match.IsPull || match.Packages.Count > 0)
            return null;
        string family = match.Requirement!.Name;
        if (catalog.Unlisted.ContainsKey(family))
            return null; // told by itself
        return catalog.Families.TryGetValue(family, out CatalogFamily? known)
            ? (AuditRule.EmptyRange, $"{match.Text}, but no version is in that range: there are {Listing(known)}")
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
    /// Variants that require what a later variant of the same version requires, in the same order. rez's sort key of the two
    /// is then the same but for the index, of which the higher goes first (<c>_PackageEntry.sort</c> of <c>solver.py</c>); and whatever rules
    /// the later one out rules this one out.
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
            $"variant {index} requires what variant {later} requires, which goes first",
            "",
            new AuditCause($"{package.Name}: variant {index} is the same as variant {later}", [], false, null)
        );

    /// <summary>What each variant requires, merged as rez does; null where that is a contradiction or does not parse.</summary>
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
