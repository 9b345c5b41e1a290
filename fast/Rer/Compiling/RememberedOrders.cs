namespace Rer.Compiling;

/// <summary>The orders of one package's variants that solves have come upon; see <c>Solving.VariantOrder</c>.</summary>
/// <remarks>
/// Where nothing but the request tells one solve from another, the order follows from the places in the request of the
/// <see cref="Deciding"/> families, and mostly none of them is requested. Read without a lock: what is known is replaced
/// as a whole. Threads may lose orders to each other, and find them again.
/// </remarks>
internal sealed class RememberedOrders
{
    /// <summary>How many orders are remembered of a package.</summary>
    private const int Limit = 8;

    private readonly FamilyId[] _deciding;
    private (ulong Key, int[] Order)[] _known = [];

    private RememberedOrders(FamilyId[] deciding) => _deciding = deciding;

    /// <summary>
    /// The families that some of the variants require and that are not required in the same words, and at the same
    /// place in front of their requirements, by all: those that are take no part in telling one variant from another.
    /// </summary>
    internal ReadOnlySpan<FamilyId> Deciding => _deciding;

    /// <summary>Finds out what the order of a package's variants depends on.</summary>
    internal static RememberedOrders Of(CompiledFamily family, VersionId version)
    {
        VariantId end = family.EndOf(version);
        ReadOnlySpan<CompiledRequirement> shared = family.Lists.MergedOf(family.ListOf(family.FirstOf(version)));
        for (VariantId variant = family.FirstOf(version); variant < end; variant++)
        {
            shared = shared[..shared.CommonPrefixLength(family.Lists.MergedOf(family.ListOf(variant)))];
        }

        HashSet<FamilyId> deciding = [];
        for (VariantId variant = family.FirstOf(version); variant < end; variant++)
        {
            foreach (CompiledRequirement requirement in family.Lists.MergedOf(family.ListOf(variant))[shared.Length..])
            {
                deciding.Add(requirement.Slot.Id);
            }
        }

        return new RememberedOrders([.. deciding]);
    }

    /// <summary>The order that was found for a key; null if none was.</summary>
    internal int[]? Find(ulong key)
    {
        foreach ((ulong known, int[] order) in Volatile.Read(ref _known))
        {
            if (known == key)
            {
                return order;
            }
        }

        return null;
    }

    /// <summary>Remembers an order, unless there are many.</summary>
    internal void Add(ulong key, ReadOnlySpan<int> order)
    {
        (ulong, int[])[] known = Volatile.Read(ref _known);
        if (known.Length < Limit)
        {
            Volatile.Write(ref _known, [.. known, (key, order.ToArray())]);
        }
    }
}
