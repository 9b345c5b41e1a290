using Rer.Compiling;
using Rer.Policies;

namespace Rer.Ordering;

/// <summary>The orders in which the versions of families are tried in one solve. Each is computed once.</summary>
internal sealed class VersionOrders
{
    /// <summary>Indexed by the number of the family: its order, and the solve that it was computed in.</summary>
    private (FamilyOrder Order, long Solve)[] _known = [];
    private long _solve;
    private OrdererList? _orderers;

    /// <summary>Begins a solve, or releases the orderers of the last one.</summary>
    internal void Begin(OrdererList? orderers)
    {
        _solve++;
        _orderers = orderers;
    }

    /// <summary>All versions of a family, the most preferred first.</summary>
    /// <param name="id">The family's number, which callers already have. A known order is then found without reading the family.</param>
    /// <param name="family">The family.</param>
    internal FamilyOrder Of(FamilyId id, CompiledFamily family)
    {
        if (id.Number >= _known.Length)
        {
            Array.Resize(ref _known, Math.Max(id.Number + 1, _known.Length * 2));
        }

        ref (FamilyOrder Order, long Solve) known = ref _known[id.Number];
        if (known.Solve != _solve)
        {
            string name = family.Slot.Name;
            known = (_orderers!.For(name).FirstOrderOf(name, family.Listing), _solve);
        }

        return known.Order;
    }
}
