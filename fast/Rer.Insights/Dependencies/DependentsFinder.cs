using Rer.Insights.Catalogs;
using Rer.Insights.Text;
using Rer.Versions;

namespace Rer.Insights;

/// <summary>
/// Finds the packages that require a package, by reading all definitions of a repository. Nothing is resolved. A
/// requirement leads to a version if its range contains that version, even if no resolve can contain both.
/// </summary>
public sealed class DependentsFinder
{
    private readonly PackageCatalog _catalog;
    private readonly RequirementMatches _matches;
    private readonly Requirement _target;
    private readonly HashSet<CatalogPackage> _targets;
    private readonly Dictionary<CatalogPackage, int> _distances = [];
    private readonly Dictionary<string, List<Need>> _needsByFamily = [];

    private DependentsFinder(PackageCatalog catalog, Requirement target, bool building)
    {
        _catalog = catalog;
        _matches = new RequirementMatches(catalog);
        _target = target;
        _targets = [.. _matches.Of(target.ToString()).Packages];
        foreach (CatalogPackage package in catalog.Packages)
        {
            foreach ((string text, int? variant) in package.Requirements(building))
            {
                if (_matches.Of(text) is not { IsPull: true } match)
                {
                    continue;
                }
                string family = match.Requirement!.Name;
                if (!_needsByFamily.TryGetValue(family, out List<Need>? needs))
                {
                    _needsByFamily[family] = needs = [];
                }
                needs.Add(new Need(package, match, variant));
            }
        }
    }

    /// <summary>Finds the packages that require a package.</summary>
    /// <param name="repository">The packages.</param>
    /// <param name="package">The package: a family, or a family and a range of its versions, as in a request.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="progress">Receives the number of families read.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="BadInputException">The text is not a requirement, or no package has that name or requires
    /// it.</exception>
    /// <exception cref="PackageDataException">The families cannot be listed.</exception>
    public static Dependents Find(
        IPackageRepository repository,
        string package,
        DependentsOptions? options = null,
        IProgress<InsightProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(package);
        options ??= new DependentsOptions();
        Requirement target = Parse(package);
        PackageCatalog catalog = PackageCatalog.Read(repository, options.LatestOnly, progress, cancellationToken);
        if (options.LatestOnly)
        {
            catalog = WithAllOf(catalog, repository, target.Name);
        }
        var finder = new DependentsFinder(catalog, target, options.Building);
        finder.Check(package);
        finder.Walk(options.MaxDistance);
        return finder.Result(package);
    }

    private static Requirement Parse(string package)
    {
        try
        {
            Requirement target = Requirement.Parse(package);
            if (!target.Conflict && target.Name.Length > 0)
            {
                return target;
            }
        }
        catch (VersionSyntaxException e)
        {
            throw new BadInputException($"'{package}' is not a package: {e.Message}", e);
        }
        throw new BadInputException(
            $"'{package}' is not a package; name a family, or a family and a range, as in foo-1.2"
        );
    }

    private static PackageCatalog WithAllOf(PackageCatalog catalog, IPackageRepository repository, string family)
    {
        if (!catalog.Families.ContainsKey(family))
        {
            return catalog;
        }
        return catalog with
        {
            Families = new Dictionary<string, CatalogFamily>(catalog.Families)
            {
                [family] = CatalogFamily.Read(repository, family, latestOnly: false),
            },
        };
    }

    private void Check(string package)
    {
        if (_catalog.Unlisted.TryGetValue(_target.Name, out PackageDataException? error))
        {
            throw new BadInputException(error.Message, error);
        }
        if (_catalog.Families.TryGetValue(_target.Name, out CatalogFamily? family))
        {
            if (_targets.Count == 0)
            {
                throw new BadInputException(
                    $"no version of {_target.Name} is in the range of '{package}'; the latest is {family.Packages[^1].Name}"
                );
            }
        }
        else if (!_needsByFamily.ContainsKey(_target.Name))
        {
            string near = Spelling.Nearest(_target.Name, _catalog.Families.Keys) is { } name
                ? $": did you mean '{name}'?"
                : "";
            throw new BadInputException($"there is no family '{_target.Name}', and nothing requires it{near}");
        }
    }

    /// <summary>Searches level by level, so that the first path found is a shortest one.</summary>
    private void Walk(int maxDistance)
    {
        HashSet<string> families = [_target.Name];
        HashSet<CatalogPackage> reached = _targets;
        for (int distance = 1; distance <= maxDistance && families.Count > 0; distance++)
        {
            HashSet<CatalogPackage> next =
            [
                .. families
                    .SelectMany(family => _needsByFamily.GetValueOrDefault(family, []))
                    .Where(need => !_distances.ContainsKey(need.Package) && Leads(need, reached))
                    .Select(need => need.Package),
            ];
            foreach (CatalogPackage package in next)
            {
                _distances[package] = distance;
            }
            families = [.. next.Select(package => package.Family)];
            reached = next;
        }
    }

    /// <summary>
    /// Whether a requirement leads to one of these packages. If the family does not exist, the range of the requirement
    /// must overlap the range that was asked about.
    /// </summary>
    private bool Leads(Need need, HashSet<CatalogPackage> packages) =>
        need.Match.Packages.Any(packages.Contains)
        || (
            need.Match.Requirement!.Name == _target.Name
            && _targets.Count == 0
            && need.Match.Requirement.Range!.Intersects(_target.Range!)
        );

    private Dependents Result(string package)
    {
        ILookup<string, DependentLink> links = Links().ToLookup(link => link.By, link => link.Link);
        return new Dependents(
            package,
            [.. _targets.OrderBy(target => target.Version).Select(target => target.Text)],
            [
                .. _distances
                    .GroupBy(entry => entry.Key.Family)
                    .Select(group => new DependentFamily(
                        group.Key,
                        group.Min(entry => entry.Value),
                        [.. group.Select(entry => entry.Key).OrderBy(item => item.Version).Select(item => item.Text)],
                        _catalog.Families[group.Key].Packages.Count,
                        [.. links[group.Key]]
                    ))
                    .OrderBy(family => family.Distance)
                    .ThenBy(family => family.Family, StringComparer.Ordinal),
            ],
            [
                .. _catalog
                    .Unlisted.Values.Concat(_catalog.Packages.Select(item => item.Error).OfType<PackageDataException>())
                    .Select(error => error.Message)
                    .Order(StringComparer.Ordinal),
            ]
        );
    }

    private IEnumerable<(string By, DependentLink Link)> Links()
    {
        HashSet<CatalogPackage> all = [.. _targets, .. _distances.Keys];
        return _needsByFamily
            .Values.SelectMany(needs => needs)
            .Where(need => _distances.ContainsKey(need.Package) && Leads(need, all))
            .GroupBy(need => (By: need.Package.Family, need.Match.Text))
            .Select(group =>
                (
                    group.Key.By,
                    new DependentLink(
                        group.First().Match.Requirement!.Name,
                        group.Key.Text,
                        [.. group.GroupBy(need => need.Package).OrderBy(one => one.Key.Version).SelectMany(Makers)]
                    )
                )
            )
            .OrderBy(link => link.Item2.On, StringComparer.Ordinal)
            .ThenBy(link => link.Item2.Requirement, StringComparer.Ordinal);
    }

    /// <summary>A version, or those of its variants that have the requirement.</summary>
    private static IEnumerable<string> Makers(IGrouping<CatalogPackage, Need> needs)
    {
        string name = needs.Key.Text.Length == 0 ? "(unversioned)" : needs.Key.Text;
        int[] variants = [.. needs.Select(need => need.Variant).OfType<int>().Distinct()];
        bool isOfAll =
            needs.Any(need => need.Variant is null) || variants.Length == needs.Key.Definition!.Variants.Count;
        return isOfAll ? [name] : variants.Select(variant => $"{name}[{variant}]");
    }

    /// <summary>A requirement of a package.</summary>
    private sealed record Need(CatalogPackage Package, RequirementMatch Match, int? Variant);
}
