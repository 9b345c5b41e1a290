namespace Rer.Tests.Cli.Explaining;

/// <summary>
/// A small random repository, request and options: with orderers, filters, timestamps and both select modes.
/// </summary>
internal sealed class RandomQuestion
{
    private const int Families = 6;

    private readonly Random _random;

    private RandomQuestion(int seed)
    {
        _random = new Random(seed);
        Packages = [.. Enumerable.Range(0, Families).SelectMany(PackagesOf)];
        Request = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Requirement(_random.Next(Families)))];
        Options = new ResolveOptions
        {
            VariantSelectMode = Pick(VariantSelectMode.VersionPriority, VariantSelectMode.IntersectionPriority),
            PackageOrderers = _random.Next(3) == 0 ? null : [.. Some(2, Orderer)],
            ConfiguredOrderers = _random.Next(4) == 0 ? [.. Some(2, Orderer)] : [],
            PackageFilters = _random.Next(2) == 0 ? [] : [new PackageFilter([.. Some(2, Rule)], [.. Some(1, Rule)])],
            Timestamp = _random.Next(6) == 0 ? _random.Next(1, 6) * 100 : 0,
        };
    }

    /// <summary>The packages. Those of a family are adjacent and ascending.</summary>
    public IReadOnlyList<(string Family, string Version, PackageDefinition Definition)> Packages { get; }

    /// <summary>The request.</summary>
    public IReadOnlyList<string> Request { get; }

    /// <summary>The options.</summary>
    public ResolveOptions Options { get; }

    /// <summary>The packages as a repository.</summary>
    public IPackageRepository Repository => new MemoryPackageRepository(Packages);

    /// <summary>The question generated from a seed.</summary>
    public static RandomQuestion Of(int seed) => new(seed);

    private IEnumerable<(string, string, PackageDefinition)> PackagesOf(int family) =>
        Enumerable
            .Range(1, _random.Next(1, 5))
            .Select(version =>
                (
                    $"f{family}",
                    $"{version}",
                    new PackageDefinition
                    {
                        Requires = [.. Some(2, () => RequirementAbove(family))],
                        Variants =
                            _random.Next(2) == 0 ? [] : [.. Some(3, () => Some(2, () => RequirementAbove(family)))],
                        Timestamp = _random.Next(1, 6) * 100,
                    }
                )
            );

    // Mostly families with higher numbers, so that there are cycles, but not in every case.
    private string RequirementAbove(int family) =>
        Requirement(
            family + 1 < Families && _random.Next(12) > 0
                ? _random.Next(family + 1, Families)
                : _random.Next(Families + 1)
        );

    private string Requirement(int family)
    {
        string name = $"f{family}";
        int version = _random.Next(1, 5);
        return _random.Next(10) switch
        {
            0 => $"!{name}-{version}",
            1 => $"~{name}-{version}",
            2 => $"{name}-{version}+",
            3 => $"{name}<{version + 1}",
            4 or 5 => name,
            _ => $"{name}-{version}",
        };
    }

    private PackageOrderer Orderer()
    {
        string[]? packages =
            _random.Next(2) == 0
                ? null
                : [.. Enumerable.Range(0, Families).Where(_ => _random.Next(2) == 0).Select(family => $"f{family}")];
        return _random.Next(4) switch
        {
            0 => new SortedOrderer(false) { Packages = packages },
            1 => new SortedOrderer(true) { Packages = packages },
            2 => new VersionSplitOrderer($"{_random.Next(1, 4)}") { Packages = packages },
            _ => new NoOrderer { Packages = packages },
        };
    }

    private string Rule() =>
        _random.Next(3) switch
        {
            0 => $"glob(f{_random.Next(Families)}-{_random.Next(1, 5)})",
            1 => $"range(f{_random.Next(Families)}-{_random.Next(2, 5)}+)",
            _ => $"after(f{_random.Next(Families)}:{_random.Next(1, 6) * 100})",
        };

    private T[] Some<T>(int most, Func<T> make) =>
        Enumerable.Range(0, _random.Next(most + 1)).Select(_ => make()).ToArray();

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];
}
