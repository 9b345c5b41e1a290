using Rer.Compiling;

namespace Rer.Policies;

/// <summary>
/// A caller-supplied orderer that is asked when an order first matters, about all families reached so far, and at the
/// end about the rest. So code in another language is called only a few times per solve.
/// </summary>
/// <param name="orderer">The caller's orderer.</param>
/// <param name="batch">The same as what it is.</param>
internal sealed class BatchOrder(CustomOrderer orderer, IBatchOrderer batch) : CustomOrder(orderer)
{
    private readonly HashSet<FamilyListing> _reached = [];

    /// <summary>The families that were reached and not asked about yet.</summary>
    private readonly List<(string Family, FamilyListing Listing)> _waiting = [];

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
        if (_waiting.Count == 0)
        {
            return;
        }

        string[] families = [.. _waiting.Select(waiting => waiting.Family)];
        IReadOnlyList<string>[] versions = [.. _waiting.Select(waiting => VersionsOf(waiting.Listing))];
        ReadOnlySpan<int> positions = CustomOrdererAnswer.Ask(batch, families, versions);
        for (int i = 0; i < versions.Length; i++)
        {
            ReadOnlySpan<int> answer = positions[..versions[i].Count];
            positions = positions[answer.Length..];
            FamilyListing listing = _waiting[i].Listing;
            Orders.Add(
                listing.LastGiven is { } last && last.IsSaidBy(versions[i], answer)
                    ? last
                    : Keep(listing, versions[i], CustomOrdererAnswer.Check(batch, families[i], answer))
            );
        }

        _waiting.Clear();
    }

    private void Await(string family, FamilyListing listing)
    {
        if (_reached.Add(listing))
        {
            _waiting.Add((family, listing));
        }
    }
}
