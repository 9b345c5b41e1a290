using Rer.Compiling;

namespace Rer.Policies;

/// <summary>
/// A caller-supplied orderer that is called for several families at a time: when an order first matters, for all families
/// reached so far, and at the end for the rest. So code in another language is called only a few times per solve.
/// </summary>
/// <remarks>
/// Technique: assumed answers. Where the orderer allows it, its last order is assumed, and the orderer is called at the
/// end of the solve for the same families, in the same order. If it confirms all of them, it has given the same answers
/// as without assumptions, but in one call. If not, the solve is repeated with its answers, and without assumptions.
/// </remarks>
/// <param name="orderer">The caller's orderer.</param>
/// <param name="batch">The same orderer, which answers about several families in one call.</param>
/// <param name="mayAssume">Whether the solve may be repeated, because no callback sees its steps.</param>
internal sealed class BatchOrder(CustomOrderer orderer, IBatchOrderer batch, bool mayAssume) : CustomOrder(orderer)
{
    private readonly HashSet<FamilyListing> _reached = [];

    /// <summary>The families that were reached and not asked about yet.</summary>
    private readonly List<(string Family, FamilyListing Listing)> _waiting = [];

    /// <summary>The families whose orders are assumed.</summary>
    private readonly List<(string Family, FamilyListing Listing)> _assumed = [];
    private bool _assumes = mayAssume && orderer.IsAssumed;

    /// <inheritdoc/>
    public override void Reach(string family, FamilyListing listing)
    {
        if (Orderer.IsAskedEarly)
        {
            Await(family, listing);
        }
    }

    /// <inheritdoc/>
    public override FamilyOrder OrderOf(string family, FamilyListing listing)
    {
        if (Orders.Find(listing) is { } known)
        {
            return known;
        }

        if (_assumes && listing.LastGiven is { } last && last.IsAbout(VersionsOf(listing)))
        {
            _assumed.Add((family, listing));
            Orders.Add(last);
            return last;
        }

        Await(family, listing);
        AskReached();
        return Orders.Find(listing)!;
    }

    /// <inheritdoc/>
    /// <remarks>It may have been asked about together with another family.</remarks>
    public override FamilyOrder FirstOrderOf(string family, FamilyListing listing) => OrderOf(family, listing);

    /// <inheritdoc/>
    public override void AskReached()
    {
        if (_waiting.Count > 0)
        {
            Array.ForEach(Ask(_waiting), Orders.Add);
            _waiting.Clear();
        }
    }

    /// <inheritdoc/>
    public override bool ConfirmAssumed()
    {
        if (_assumed.Count == 0)
        {
            return true;
        }

        _assumes = false;
        GivenOrder[] given = Ask(_assumed);
        _assumed.Clear();
        bool isConfirmed = Array.TrueForAll(given, order => ReferenceEquals(order, Orders.Find(order.Listing)));
        Array.ForEach(given, Orders.Add);
        return isConfirmed;
    }

    private GivenOrder[] Ask(List<(string Family, FamilyListing Listing)> asked)
    {
        string[] families = [.. asked.Select(each => each.Family)];
        IReadOnlyList<string>[] versions = [.. asked.Select(each => VersionsOf(each.Listing))];
        ReadOnlySpan<int> positions = CustomOrdererAnswer.Ask(batch, families, versions);
        GivenOrder[] orders = new GivenOrder[versions.Length];
        for (int i = 0; i < orders.Length; i++)
        {
            ReadOnlySpan<int> answer = positions[..versions[i].Count];
            positions = positions[answer.Length..];
            FamilyListing listing = asked[i].Listing;
            orders[i] =
                listing.LastGiven is { } last && last.IsSaidBy(versions[i], answer)
                    ? last
                    : Keep(listing, versions[i], CustomOrdererAnswer.Check(batch, families[i], answer));
        }

        return orders;
    }

    private void Await(string family, FamilyListing listing)
    {
        if (_reached.Add(listing))
        {
            _waiting.Add((family, listing));
        }
    }
}
