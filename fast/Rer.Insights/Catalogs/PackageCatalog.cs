using System.Collections.Concurrent;
using Rer.Versions;
using Version = Rer.Versions.Version;

namespace Rer.Insights.Catalogs;

/// <summary>All packages of a repository with their definitions, read once on all cores.</summary>
/// <param name="Families">The families that have versions, by name.</param>
/// <param name="Unlisted">The families that cannot be listed, and why.</param>
internal sealed record PackageCatalog(
    IReadOnlyDictionary<string, CatalogFamily> Families,
    IReadOnlyDictionary<string, PackageDataException> Unlisted
)
{
    /// <summary>All packages, family by family.</summary>
    public IEnumerable<CatalogPackage> Packages =>
        Families.Values.OrderBy(family => family.Name, StringComparer.Ordinal).SelectMany(family => family.Packages);

    /// <summary>Reads a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="latestOnly">Whether to read only the latest version of each family.</param>
    /// <param name="progress">Receives the number of families read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PackageDataException">The families cannot be listed.</exception>
    public static PackageCatalog Read(
        IPackageRepository repository,
        bool latestOnly,
        IProgress<InsightProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        string[] names = [.. repository.GetFamilies().Distinct()];
        repository.PrepareFamilies(names);
        var families = new ConcurrentDictionary<string, CatalogFamily>(StringComparer.Ordinal);
        var unlisted = new ConcurrentDictionary<string, PackageDataException>(StringComparer.Ordinal);
        int done = 0;
        Parallel.ForEach(
            names,
            new ParallelOptions { CancellationToken = cancellationToken },
            name =>
            {
                try
                {
                    CatalogFamily family = CatalogFamily.Read(repository, name, latestOnly);
                    if (family.Packages.Count > 0)
                    {
                        families[name] = family;
                    }
                }
                catch (PackageDataException e)
                {
                    unlisted[name] = e;
                }
                progress?.Report(new InsightProgress("reading", Interlocked.Increment(ref done), names.Length));
            }
        );
        return new PackageCatalog(families, unlisted);
    }
}

/// <summary>A family and its packages in version order.</summary>
internal sealed record CatalogFamily(string Name, IReadOnlyList<CatalogPackage> Packages)
{
    /// <summary>Lists a family and reads its definitions. Errors in definitions are kept with the package.</summary>
    /// <exception cref="PackageDataException">The family cannot be listed.</exception>
    public static CatalogFamily Read(IPackageRepository repository, string name, bool latestOnly)
    {
        (string Text, Version Version)[] versions =
        [
            .. repository
                .GetVersions(name)
                .Select(text => (Text: text, Version: ParseVersion(name, text)))
                .OrderBy(version => version.Version),
        ];
        if (latestOnly)
        {
            versions = versions[^Math.Min(1, versions.Length)..];
        }
        repository.Prepare([.. versions.Select(version => (name, version.Text))]);
        return new CatalogFamily(
            name,
            [.. versions.Select(version => CatalogPackage.Read(repository, name, version.Text, version.Version))]
        );
    }

    private static Version ParseVersion(string family, string text)
    {
        try
        {
            return Version.Parse(text);
        }
        catch (VersionSyntaxException e)
        {
            throw new PackageDataException($"{family}: '{text}' is not a version: {e.Message}", e);
        }
    }
}

/// <summary>A package with its definition, or the reason why it cannot be read.</summary>
internal sealed class CatalogPackage(
    string family,
    string text,
    Version version,
    PackageDefinition? definition,
    PackageDataException? error
)
{
    public string Family => family;

    /// <summary>Its version as text; empty for an unversioned package.</summary>
    public string Text => text;

    public Version Version => version;

    /// <summary>Null if it cannot be read.</summary>
    public PackageDefinition? Definition => definition;

    /// <summary>Why it cannot be read; null if it can.</summary>
    public PackageDataException? Error => error;

    /// <summary>The package as rez writes it.</summary>
    public string Name => Rer.Insights.Text.Names.OfPackage(Family, Text);

    public static CatalogPackage Read(IPackageRepository repository, string family, string text, Version version)
    {
        try
        {
            return new CatalogPackage(family, text, version, repository.GetDefinition(family, text), null);
        }
        catch (PackageDataException e)
        {
            return new CatalogPackage(family, text, version, null, e);
        }
    }

    /// <summary>
    /// The requirements of the package, each with the variant that has it, or with null if all variants have it.
    /// </summary>
    /// <param name="building">Whether build requirements count.</param>
    public IEnumerable<(string Requirement, int? Variant)> Requirements(bool building)
    {
        if (definition is null)
        {
            yield break;
        }
        foreach (string requirement in definition.Requires)
        {
            yield return (requirement, null);
        }
        for (int i = 0; i < definition.Variants.Count; i++)
        {
            foreach (string requirement in definition.Variants[i])
            {
                yield return (requirement, i);
            }
        }
        foreach (string requirement in building ? definition.BuildRequires : [])
        {
            yield return (requirement, null);
        }
    }
}
