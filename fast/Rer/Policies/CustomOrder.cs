using System.Runtime.InteropServices;
using Rer.Compiling;
using Rer.Versions;

namespace Rer.Policies;

/// <summary>
/// A caller-supplied orderer. It is asked once for each family, and its answer is kept for the solve.
/// </summary>
/// <remarks>
/// Technique: known answers. An orderer mostly answers as it did in the last solve, and then everything derived from
/// that answer is reused. PERF: <c>Rer.Benchmarks --orderers</c> measures what that leaves.
/// </remarks>
/// <param name="orderer">The caller's orderer.</param>
internal sealed class CustomOrder(CustomOrderer orderer) : Orderer
{
    /// <summary>Few solves ask about more families. The space is allocated once.</summary>
    private const int ExpectedFamilies = 160;

    private readonly IPackageOrderer _asked = orderer.Orderer;
    private readonly IBatchOrderer? _batch = orderer.Orderer as IBatchOrderer;

    /// <summary>The orders in which they were asked for, as long as nobody asks twice.</summary>
    private List<(FamilyListing Listing, FamilyOrder Order)>? _firstOrders;

    /// <summary>The orders by listing; null for a family that has not been asked about yet.</summary>
    private Dictionary<FamilyListing, FamilyOrder?>? _orders;

    /// <summary>The families that have not been asked about yet.</summary>
    private readonly List<(string Family, FamilyListing Listing)> _reached = [];
    private readonly Dictionary<(string, string, string, string), int> _comparisons = [];

    /// <summary>The orderer as the caller gave it.</summary>
    public CustomOrderer Orderer => orderer;

    /// <inheritdoc/>
    public override bool RanksRangesByVersion => !_asked.RanksRanges;

    /// <inheritdoc/>
    /// <remarks>Used only for ranges. If the other range belongs to an orderer of another kind, rez falls back on
    /// comparing versions.</remarks>
    public override SortKey KeyOf(string family, Version version) => SortKey.Single(version, reversed: false);

    /// <inheritdoc/>
    public override int? CompareOwnRanges(string familyA, VersionRange a, string familyB, VersionRange b) =>
        _asked.RanksRanges ? CompareOnce(familyA, a.ToString(), familyB, b.ToString()) : null;

    /// <inheritdoc/>
    /// <remarks>The orderer is asked when an order first matters, about all families reached so far, and at the end
    /// about the rest. So code in another language is called only a few times per solve.</remarks>
    public override void Reach(string family, FamilyListing listing)
    {
        if (orderer.IsAskedEarly && Orders.TryAdd(listing, null))
        {
            _reached.Add((family, listing));
        }
    }

    /// <summary>
    /// The order of a family that has not been asked about in this solve, and will not be asked about by way of this
    /// method again: then nothing is looked up.
    /// </summary>
    public FamilyOrder FirstOrderOf(string family, FamilyListing listing)
    {
        if (_orders is not null || _batch is not null)
        {
            return OrderOf(family, listing);
        }

        FamilyOrder order = Ask(family, listing);
        _firstOrders ??= new(ExpectedFamilies);
        _firstOrders.Add((listing, order));
        return order;
    }

    private Dictionary<FamilyListing, FamilyOrder?> Orders
    {
        get
        {
            if (_orders is null)
            {
                _orders = [];
                _firstOrders?.ForEach(known => _orders[known.Listing] = known.Order);
                _firstOrders = null;
            }

            return _orders;
        }
    }

    /// <inheritdoc/>
    public override FamilyOrder OrderOf(string family, FamilyListing listing)
    {
        ref FamilyOrder? order = ref CollectionsMarshal.GetValueRefOrAddDefault(Orders, listing, out bool isReached);
        if (order is not null)
        {
            return order;
        }

        if (!isReached && _batch is null)
        {
            // The orderer is a caller's code, which may come back here: the reference does not outlive it.
            FamilyOrder asked = Ask(family, listing);
            Orders[listing] = asked;
            return asked;
        }

        if (!isReached)
        {
            _reached.Add((family, listing));
        }

        AskReached();
        return Orders[listing]!;
    }

    /// <summary>Asks about the families that were reached and whose orders are not known yet.</summary>
    public void AskReached()
    {
        if (_reached.Count == 0)
        {
            return;
        }

        if (_batch is not null)
        {
            AskAtOnce(_batch);
        }
        else
        {
            foreach ((string family, FamilyListing listing) in _reached)
            {
                Orders[listing] = Ask(family, listing);
            }
        }

        _reached.Clear();
    }

    private FamilyOrder Ask(string family, FamilyListing listing)
    {
        IReadOnlyList<string> versions = VersionsOf(listing);
        IReadOnlyList<string> answer = CustomOrdererAnswer.Ask(_asked, family, versions);
        return listing.LastGiven is { } known && known.Says(versions, answer)
            ? known.Order
            : Keep(listing, versions, CustomOrdererAnswer.PositionsOf(_asked, family, versions, answer));
    }

    private void AskAtOnce(IBatchOrderer batch)
    {
        string[] families = [.. _reached.Select(reached => reached.Family)];
        IReadOnlyList<string>[] versions = [.. _reached.Select(reached => VersionsOf(reached.Listing))];
        ReadOnlySpan<int> positions = CustomOrdererAnswer.Ask(batch, families, versions);
        for (int i = 0; i < versions.Length; i++)
        {
            ReadOnlySpan<int> answer = positions[..versions[i].Count];
            positions = positions[answer.Length..];
            FamilyListing listing = _reached[i].Listing;
            Orders[listing] =
                listing.LastGiven is { } known && known.Says(versions[i], answer)
                    ? known.Order
                    : Keep(listing, versions[i], CustomOrdererAnswer.Check(batch, families[i], answer));
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
            order = CustomOrdererAnswer.Compare(_asked, familyA, a, familyB, b);
            _comparisons.Add((familyA, a, familyB, b), order);
            _comparisons[(familyB, b, familyA, a)] = -order;
        }

        return order;
    }
}
