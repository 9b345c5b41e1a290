namespace Rer.Insights;

/// <summary>Findings that say the same are equal, also where they hold lists.</summary>
internal sealed class FindingComparer : IEqualityComparer<Finding>
{
    /// <summary>The comparer.</summary>
    public static FindingComparer Instance { get; } = new();

    /// <inheritdoc />
    public bool Equals(Finding? x, Finding? y) =>
        (x, y) switch
        {
            (ExcludedByDemands left, ExcludedByDemands right) => left.Demands.SequenceEqual(right.Demands),
            (WouldDoWithout left, WouldDoWithout right) => left.Demands.SequenceEqual(right.Demands),
            (NotTogetherWith left, NotTogetherWith right) => left.Packages.SequenceEqual(right.Packages),
            _ => Equals((object?)x, y),
        };

    /// <inheritdoc />
    public int GetHashCode(Finding obj) =>
        obj switch
        {
            ExcludedByDemands excluded => HashCode.Combine(1, excluded.Demands.Count, excluded.Demands[0]),
            WouldDoWithout without => HashCode.Combine(2, without.Demands.Count, without.Demands[0]),
            NotTogetherWith not => HashCode.Combine(3, not.Packages.Count),
            _ => obj.GetHashCode(),
        };
}
