namespace Rer.Compiling;

/// <summary>The orders of one family's versions that solves have computed, by what determines them.</summary>
/// <remarks>
/// Technique: kept orders. rez sorts a family's versions in every solve that reaches it, but the order of a listing by
/// one of rez's own orderers is always the same. Read without a lock: what is known is replaced as a whole. Threads may
/// lose each other's orders, and compute them again. PERF: with <c>version_split</c>, the 188 took 3.8 to 5.4 times as
/// long as without; now they take 1.15 to 1.2 times as long (2026-11-29, for commit a10a258).
/// </remarks>
internal sealed class KeptOrders
{
    private const int Limit = 8;

    private (object Basis, FamilyOrder Order)[] _known = [];

    /// <summary>The order determined by a basis; null if it is not known.</summary>
    internal FamilyOrder? Find(object basis)
    {
        foreach ((object known, FamilyOrder order) in Volatile.Read(ref _known))
        {
            if (known.Equals(basis))
            {
                return order;
            }
        }

        return null;
    }

    /// <summary>Stores an order, and drops the oldest if there are many.</summary>
    internal FamilyOrder Add(object basis, FamilyOrder order)
    {
        (object, FamilyOrder)[] known = Volatile.Read(ref _known);
        Volatile.Write(ref _known, [(basis, order), .. known.Take(Limit - 1)]);
        return order;
    }
}
