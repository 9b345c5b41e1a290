using Rer.Versions;

namespace Rer.Policies;

/// <summary>An orderer of a caller's own, asked once for each family; its answer is kept for the solve.</summary>
/// <param name="orderer">The caller's.</param>
/// <param name="versions">A family's versions as shown, each with what it parses to, ascending.</param>
internal sealed class CustomOrder(
    CustomOrderer orderer,
    Func<string, (IReadOnlyList<string> Texts, IReadOnlyList<Version> Parsed)> versions
) : Orderer
{
    private readonly Dictionary<string, Dictionary<Version, int>> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string, string, string), int> _comparisons = [];

    /// <inheritdoc/>
    public override bool RanksRangesByVersion => !orderer.Orderer.RanksRanges;

    /// <inheritdoc/>
    /// <remarks>Only for ranges. Where others than ours stand on the other side, rez falls back on versions.</remarks>
    public override SortKey KeyOf(string family, Version version) => SortKey.Single(version, reversed: false);

    /// <inheritdoc/>
    public override int Compare(string family, Version a, Version b)
    {
        Dictionary<Version, int> places = PlacesOf(family);
        return places[b].CompareTo(places[a]);
    }

    /// <inheritdoc/>
    public override int? CompareOwnRanges(string familyA, VersionRange a, string familyB, VersionRange b) =>
        orderer.Orderer.RanksRanges ? CompareOnce(familyA, a.ToString(), familyB, b.ToString()) : null;

    /// <inheritdoc/>
    public override void Prepare(string family) => _ = PlacesOf(family);

    /// <inheritdoc/>
    public override void Reach(string family)
    {
        if (orderer.IsAskedEarly)
        {
            _ = PlacesOf(family);
        }
    }

    private Dictionary<Version, int> PlacesOf(string family)
    {
        if (!_places.TryGetValue(family, out Dictionary<Version, int>? places))
        {
            places = Ask(family);
            _places.Add(family, places);
        }

        return places;
    }

    private Dictionary<Version, int> Ask(string family)
    {
        (IReadOnlyList<string> texts, IReadOnlyList<Version> parsed) = versions(family);
        int[] order = CustomOrdererAnswer.Of(orderer.Orderer, family, texts);
        Dictionary<Version, int> places = new(order.Length);
        for (int place = 0; place < order.Length; place++)
        {
            places.Add(parsed[order[place]], place);
        }

        return places;
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
