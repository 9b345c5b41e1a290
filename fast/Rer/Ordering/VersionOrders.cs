using Rer.Compiling;
using Rer.Policies;

namespace Rer.Ordering;

/// <summary>The orders in which the versions of families are tried in one solve. Each is computed once.</summary>
internal sealed class VersionOrders
{
    /// <summary>Indexed by the number of the family.</summary>
    private (FamilyListing? Listing, FamilyOrder Order)[] _known = [];
    private readonly List<FamilyId> _asked = [];
    private OrdererList? _orderers;

    /// <summary>Begins a solve, or releases what the last one used.</summary>
    internal void Begin(OrdererList? orderers)
    {
        foreach (FamilyId family in _asked)
        {
            _known[family.Number] = default;
        }

        _asked.Clear();
        _orderers = orderers;
    }

    /// <summary>All versions of a family, the most preferred first.</summary>
    internal FamilyOrder Of(CompiledFamily family)
    {
        int number = family.Slot.Id.Number;
        if (number >= _known.Length)
        {
            Array.Resize(ref _known, Math.Max(number + 1, _known.Length * 2));
        }

        if (!ReferenceEquals(_known[number].Listing, family.Listing))
        {
            _known[number] = (family.Listing, FirstOf(family));
            _asked.Add(family.Slot.Id);
        }

        return _known[number].Order;
    }

    private FamilyOrder FirstOf(CompiledFamily family)
    {
        string name = family.Slot.Name;
        Orderer orderer = _orderers!.For(name);
        return orderer is CustomOrder custom
            ? custom.FirstOrderOf(name, family.Listing)
            : orderer.OrderOf(name, family.Listing);
    }
}
