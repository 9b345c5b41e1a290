using Rer.Compiling;

namespace Rer.Policies;

/// <summary>The orders that a caller-supplied orderer gave in one solve.</summary>
/// <remarks>
/// A solve asks for each order once and remembers it by the number of the family. So the orders are only listed, and the
/// list is indexed when one is looked up.
/// </remarks>
internal sealed class GivenOrders
{
    /// <summary>Few solves ask about more families. The space is allocated once.</summary>
    private const int ExpectedFamilies = 160;

    private readonly List<GivenOrder> _all = new(ExpectedFamilies);
    private Dictionary<FamilyListing, GivenOrder>? _byListing;

    /// <summary>Whether an order was looked up before.</summary>
    public bool WereLookedUp => _byListing is not null;

    /// <summary>Adds the order of a family. It replaces another one.</summary>
    public void Add(GivenOrder order)
    {
        if (_byListing is null)
        {
            _all.Add(order);
        }
        else
        {
            _byListing[order.Listing] = order;
        }
    }

    /// <summary>The order of a family; null if none was given.</summary>
    public GivenOrder? Find(FamilyListing listing)
    {
        if (_byListing is null)
        {
            _byListing = [];
            _all.ForEach(Add);
        }

        return _byListing.GetValueOrDefault(listing);
    }
}
