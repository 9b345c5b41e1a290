using Rer.Compiling;
using Rer.Policies;

namespace Rer.Solving;

/// <summary>The orders in which the versions of families are tried in one solve, each made once.</summary>
internal sealed class VersionOrders
{
    private readonly Dictionary<FamilyListing, (int[] Versions, bool IsFromTheLatest)> _known = [];
    private OrdererList? _orderers;

    /// <summary>Begins a solve, or lets go of what the last was given.</summary>
    internal void Begin(OrdererList? orderers)
    {
        _known.Clear();
        _orderers = orderers;
    }

    /// <summary>All versions of a family, the most preferred first, and whether that is the order that there is without
    /// orderers.</summary>
    internal (int[] Versions, bool IsFromTheLatest) Of(CompiledFamily family)
    {
        FamilyListing listing = family.Listing;
        if (!_known.TryGetValue(listing, out (int[] Versions, bool IsFromTheLatest) order))
        {
            order.Versions = VersionOrder.OfAll(_orderers!, family);
            order.IsFromTheLatest = IsRising(order.Versions);
            _known.Add(listing, order);
        }

        return order;
    }

    private static bool IsRising(int[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] != i)
            {
                return false;
            }
        }

        return true;
    }
}
