using Version = Rer.Versions.Version;

namespace Rer.Insights;

/// <summary>How a family changed from one resolve to another.</summary>
public enum PackageChange
{
    /// <summary>The version is newer.</summary>
    Newer,

    /// <summary>The version is older.</summary>
    Older,

    /// <summary>The version is the same, but the variant differs.</summary>
    OtherVariant,

    /// <summary>The family is new in the resolve.</summary>
    Added,

    /// <summary>The family is no longer in the resolve.</summary>
    Removed,
}

/// <summary>A family that differs between two resolves.</summary>
/// <param name="Before">The package in the first resolve; null if absent.</param>
/// <param name="After">The package in the second resolve; null if absent.</param>
/// <param name="Change">How it changed.</param>
public sealed record PackageDifference(ResolvedPackage? Before, ResolvedPackage? After, PackageChange Change)
{
    /// <summary>The family.</summary>
    public string Family => (Before ?? After)!.Value.Name;
}

/// <summary>Compares two resolves.</summary>
/// <remarks>Corresponds to <c>ResolvedContext.get_resolve_diff</c>, which ignores variants and families whose paths
/// differ.</remarks>
public static class ResolveDiff
{
    /// <summary>The families that differ: first those of the first resolve, in its order, then the new ones.</summary>
    public static IReadOnlyList<PackageDifference> Of(
        IReadOnlyList<ResolvedPackage> before,
        IReadOnlyList<ResolvedPackage> after
    )
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Dictionary<string, ResolvedPackage> later = after.ToDictionary(package => package.Name);
        List<PackageDifference> differences = [];
        foreach (ResolvedPackage package in before)
        {
            if (!later.Remove(package.Name, out ResolvedPackage other))
            {
                differences.Add(new PackageDifference(package, null, PackageChange.Removed));
            }
            else if (ChangeOf(package, other) is { } change)
            {
                differences.Add(new PackageDifference(package, other, change));
            }
        }
        differences.AddRange(
            after
                .Where(package => later.ContainsKey(package.Name))
                .Select(package => new PackageDifference(null, package, PackageChange.Added))
        );
        return differences;
    }

    private static PackageChange? ChangeOf(ResolvedPackage before, ResolvedPackage after)
    {
        if (before == after)
        {
            return null;
        }
        if (before.Version == after.Version)
        {
            return PackageChange.OtherVariant;
        }
        int order = Order(before.Version, after.Version);
        return order < 0 ? PackageChange.Newer
            : order > 0 ? PackageChange.Older
            : PackageChange.OtherVariant;
    }

    private static int Order(string before, string after) =>
        Version.TryParse(before, out Version? a) && Version.TryParse(after, out Version? b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(before, after);
}
