using System.Collections.Immutable;
using Rer.Compiling;
using Rer.Versions;

namespace Rer.Policies;

/// <summary>
/// A caller-supplied orderer. It is called once for each family, and its order is kept for the solve.
/// </summary>
/// <remarks>
/// Technique: known answers. An orderer mostly answers as it did in the last solve, and then everything derived from
/// that answer is reused. <c>tests/Rer.Benchmarks --orderers</c> measures what an orderer then still costs.
/// </remarks>
/// <param name="orderer">The caller's orderer.</param>
internal class CustomOrder(CustomOrderer orderer) : Orderer
{
    private readonly IPackageOrderer _asked = orderer.Orderer;
    private readonly Dictionary<(string, string, string, string), int> _comparisons = [];

    /// <summary>The orderer as the caller gave it.</summary>
    public CustomOrderer Orderer => orderer;

    /// <summary>The orders that it gave in this solve.</summary>
    protected GivenOrders Orders { get; } = new();

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
    public override FamilyOrder OrderOf(string family, FamilyListing listing) =>
        Orders.Find(listing) ?? Ask(family, listing);

    /// <inheritdoc/>
    public override FamilyOrder FirstOrderOf(string family, FamilyListing listing) =>
        Orders.WereLookedUp ? OrderOf(family, listing) : Ask(family, listing);

    /// <summary>Asks about the families that were reached and whose orders are not known yet.</summary>
    public virtual void AskReached() { }

    /// <summary>
    /// Asks about the families whose orders were assumed. False if one of the orders has changed. The solve must then be
    /// repeated with the orders given now.
    /// </summary>
    public virtual bool ConfirmAssumed() => true;

    private GivenOrder Ask(string family, FamilyListing listing)
    {
        IReadOnlyList<string> versions = VersionsOf(listing);
        IReadOnlyList<string> answer = CustomOrdererAnswer.Ask(_asked, family, versions);
        GivenOrder order =
            listing.LastGiven is { } last && last.IsSaidBy(versions, answer)
                ? last
                : Keep(
                    listing,
                    versions,
                    CustomOrdererAnswer.PositionsOf(_asked, family, versions, answer),
                    answer as ImmutableArray<string>?
                );
        Orders.Add(order);
        return order;
    }

    /// <summary>The versions that the orderer sorts.</summary>
    protected IReadOnlyList<string> VersionsOf(FamilyListing asked) =>
        orderer.IsGivenListing ? asked.TextsAsListed : asked.TextsAscending;

    /// <summary>Keeps an answer for the next solve.</summary>
    /// <param name="asked">The family.</param>
    /// <param name="versions">The versions that the orderer sorted.</param>
    /// <param name="positions">What it answered.</param>
    /// <param name="answer">The answer itself, if it cannot change.</param>
    protected GivenOrder Keep(
        FamilyListing asked,
        IReadOnlyList<string> versions,
        int[] positions,
        ImmutableArray<string>? answer = null
    )
    {
        int last = asked.Count - 1;
        VersionId[] order = Array.ConvertAll(
            positions,
            at => orderer.IsGivenListing ? asked.Listed[at] : new VersionId(last - at)
        );
        return asked.LastGiven = new GivenOrder(asked, versions, positions, order, answer);
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
