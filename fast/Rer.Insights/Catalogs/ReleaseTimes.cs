namespace Rer.Insights.Catalogs;

/// <summary>The release times of packages.</summary>
internal sealed class ReleaseTimes
{
    private readonly Lazy<long[]> _times;

    public ReleaseTimes(PackageCatalog catalog)
    {
        _times = new(() => [.. catalog.Packages.Select(TimeOf).Where(time => time > 0).Distinct().Order()]);
    }

    /// <summary>All known release times, in ascending order and without duplicates.</summary>
    public long[] All => _times.Value;

    /// <summary>When a package was released; 0 if that is not known.</summary>
    public static long TimeOf(CatalogPackage package) => package.Definition is { } definition ? TimeOf(definition) : 0;

    /// <inheritdoc cref="TimeOf(CatalogPackage)" />
    public static long TimeOf(PackageDefinition definition)
    {
        try
        {
            return definition.Timestamp;
        }
        catch (PackageDataException)
        {
            return 0;
        }
    }
}
