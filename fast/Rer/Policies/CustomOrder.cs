using Rer.Compiling;
using Rer.Versions;

namespace Rer.Policies;

/// <summary>An orderer of a caller's own, asked once for each family; its answer is kept for the solve.</summary>
/// <param name="orderer">The caller's.</param>
/// <param name="listing">A family's versions.</param>
internal sealed class CustomOrder(CustomOrderer orderer, Func<string, FamilyListing> listing) : Orderer
{
    private readonly Dictionary<string, int[]> _orders = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string, string, string), int> _comparisons = [];

    /// <inheritdoc/>
    public override bool RanksRangesByVersion => !orderer.Orderer.RanksRanges;

    /// <inheritdoc/>
    /// <remarks>Only for ranges. Where others than ours stand on the other side, rez falls back on versions.</remarks>
    public override SortKey KeyOf(string family, Version version) => SortKey.Single(version, reversed: false);

    /// <inheritdoc/>
    public override int Compare(string family, Version a, Version b) =>
        throw new InvalidOperationException("an orderer of a caller's own gives a whole order, and compares nothing");

    /// <inheritdoc/>
    public override int? CompareOwnRanges(string familyA, VersionRange a, string familyB, VersionRange b) =>
        orderer.Orderer.RanksRanges ? CompareOnce(familyA, a.ToString(), familyB, b.ToString()) : null;

    /// <inheritdoc/>
    public override void Reach(string family)
    {
        if (orderer.IsAskedEarly)
        {
            _ = NumbersInOrder(family);
        }
    }

    /// <inheritdoc/>
    public override int[] NumbersInOrder(string family)
    {
        if (!_orders.TryGetValue(family, out int[]? order))
        {
            order = Ask(listing(family));
            _orders.Add(family, order);
        }

        return order;

        int[] Ask(FamilyListing versions)
        {
            bool asListed = orderer.IsGivenListing;
            int[] positions = CustomOrdererAnswer.Of(
                orderer.Orderer,
                family,
                asListed ? versions.TextsAsListed : versions.TextsAscending
            );
            int last = versions.Count - 1;
            return Array.ConvertAll(positions, at => asListed ? versions.Listed[at] : last - at);
        }
    }

    private int CompareOnce(string familyA, string a, string familyB, string b)
    {
        if (!_comparisons.TryGetValue((familyA, a, familyB, b), out int order))
        {
            order = CustomOrdererAnswer.Compare(orderer.Orderer, familyA, a, familyB, b);
            _comparisons.Add((familyA, a, familyB, b), order);
            _comparisons[(familyB, b, familyA, a)] = -order;
        }

        return order;
    }
}
