namespace Rer.Policies;

/// <summary>Which orderer each family has: the first that names it, else the first for all, else descending.</summary>
/// <remarks>
/// Corresponds to <c>rez.package_order.get_orderer</c>. Most lists have one orderer, for all families, so no dictionary is
/// made before an orderer names a family.
/// </remarks>
internal sealed class FamilyOrderers
{
    private const string AllFamilies = "*";

    private Dictionary<string, Orderer>? _named;
    private Orderer? _forAll;

    /// <summary>Whether all of them rank ranges as the default orderer does.</summary>
    public bool RankRangesByVersion { get; private set; } = true;

    /// <summary>Adds an orderer after the others.</summary>
    /// <param name="orderer">The orderer.</param>
    /// <param name="families">The families that it ranks. <c>*</c> means all that no orderer names, and so does
    /// null.</param>
    public void Add(Orderer orderer, IEnumerable<string>? families)
    {
        if (families is null)
        {
            Add(orderer, AllFamilies);
            return;
        }

        foreach (string family in families)
        {
            Add(orderer, family);
        }
    }

    private void Add(Orderer orderer, string family)
    {
        bool isFirst;
        if (family == AllFamilies)
        {
            isFirst = _forAll is null;
            _forAll ??= orderer;
        }
        else
        {
            _named ??= new Dictionary<string, Orderer>(StringComparer.Ordinal);
            isFirst = _named.TryAdd(family, orderer);
        }

        RankRangesByVersion &= !isFirst || orderer.RanksRangesByVersion;
    }

    /// <summary>The orderer of a family.</summary>
    public Orderer For(string family) =>
        _named is not null && _named.TryGetValue(family, out Orderer? orderer) ? orderer.For(family)
        : _forAll is null ? SortedOrder.Default
        : _forAll.For(family);
}
