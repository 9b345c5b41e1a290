namespace Rer.Compiling;

/// <summary>The orders of one package's variants that solves have found; see <c>Ordering.VariantOrder</c>.</summary>
/// <remarks>
/// If two solves differ only in their requests, the order depends on the positions of the <see cref="Deciding"/>
/// families in the request, and mostly none of them is requested. Read without a lock: what is known is replaced as a
/// whole. Threads may lose each other's orders, and find them again.
/// </remarks>
internal sealed class RememberedOrders
{
    /// <summary>The maximum number of remembered orders for a package.</summary>
    private const int Limit = 8;

    private readonly FamilyId[] _deciding;
    private (ulong Key, int[] Order)[] _known = [];

    private RememberedOrders(FamilyId[] deciding) => _deciding = deciding;

    /// <summary>
    /// The families that decide: some variants require them, but not all in the same words and at the same position in
    /// front of their requirements. A family that all variants require alike does not distinguish them.
    /// </summary>
    internal ReadOnlySpan<FamilyId> Deciding => _deciding;

    /// <summary>Determines what the order of a package's variants depends on.</summary>
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

    /// <summary>The order found for a key; null if there is none.</summary>
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

    /// <summary>Stores an order, unless there are many.</summary>
    internal void Add(ulong key, ReadOnlySpan<int> order)
    {
        (ulong, int[])[] known = Volatile.Read(ref _known);
        if (known.Length < Limit)
        {
            Volatile.Write(ref _known, [.. known, (key, order.ToArray())]);
        }
    }
}
