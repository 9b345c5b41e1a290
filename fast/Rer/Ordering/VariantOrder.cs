using Rer.Asking;
using Rer.Compiling;
using Rer.Policies;

namespace Rer.Ordering;

/// <summary>
/// The order of a package's variants: by the highest versions of requested packages, then by the fewest other packages,
/// then by the highest versions of those. Corresponds to <c>_PackageEntry.sort</c>.
/// </summary>
/// <remarks>
/// Technique: remembered order. Any subset of a package's variants has the order that it has among all of them. Without
/// orderers, that order depends on little of the request: on the positions of those families that the variants do not
/// all require alike. It is computed once for all solves (<see cref="RememberedOrders"/>). With orderers it depends
/// only on the request, and is computed once per solve. If orderers of different kinds meet, rez's keys may have no
/// consistent order. Then the preferred variant depends on which variants are left, on their order, and on Python's
/// sorting algorithm. Such a solve is undecided here, and is taken step by step. PERF: RememberVariantOrder, steady
/// ×1.10 on the 188 and ×1.02 on the studio book, first pass ×1.03 and ×1.04. Of 3,167 packages that the 188 have to
/// order, 2,664 have no deciding family that is requested.
/// </remarks>
internal sealed class VariantOrder
{
    private readonly bool _remember;
    private const int Undecided = -1;

    /// <summary>For each version whose order is known, where that order begins in <see cref="_orders"/>.</summary>
    private readonly Dictionary<(FamilyId Family, VersionId Version), int> _known = [];
    private int[] _orders = new int[DebugSizes.Shrink(256)];
    private int _ordersTop;

    private readonly RequestPlaces _places = new();
    private readonly VariantKeys _keys;
    private OrdererList _orderers = null!;
    private bool _hasOrderers;
    private bool _sharedFirst;

    /// <param name="remember">Whether orders are remembered.</param>
    internal VariantOrder(bool remember)
    {
        _remember = remember;
        _keys = new VariantKeys(_places);
    }

    /// <summary>Whether an order was needed that depends on more than the request.</summary>
    internal bool IsUndecided { get; private set; }

    /// <summary>Releases the orderers of the last solve.</summary>
    internal void ForgetOrderers()
    {
        _orderers = null!;
        _keys.ForgetOrderers();
    }

    /// <summary>Begins a solve.</summary>
    /// <param name="input">What ranks versions and ranges, and whether sharing with the request comes first.</param>
    /// <param name="request">The merged request.</param>
    internal void Reset(SolveInput input, List<RequestItem> request)
    {
        _places.Begin(request);
        _sharedFirst = input.Options.VariantSelectMode == VariantSelectMode.IntersectionPriority;
        _keys.Begin(input.Orderers, _sharedFirst);
        IsUndecided = false;
        _known.Clear();
        _ordersTop = 0;
        _orderers = input.Orderers;
        _hasOrderers = input.HasOrderers && !_orderers.RankRangesByVersion;
    }

    /// <summary>
    /// The indices of all variants of a version, most preferred first; empty if the order depends on which are left.
    /// </summary>
    internal ReadOnlySpan<int> OfAll(CompiledFamily family, VersionId version)
    {
        if (!_remember || _hasOrderers)
        {
            return OfAllInThisSolve(family, version);
        }

        RememberedOrders orders = family.OrdersOf(version);
        if (!TryMakeKey(orders.Deciding, out ulong key))
        {
            return OfAllInThisSolve(family, version);
        }

        if (orders.Find(key) is { } known)
        {
            return known;
        }

        ReadOnlySpan<int> order = OfAllInThisSolve(family, version); // decided: all keys are of one kind
        orders.Add(key, order);
        return order;
    }

    private ReadOnlySpan<int> OfAllInThisSolve(CompiledFamily family, VersionId version)
    {
        int count = family.CountOf(version);
        (FamilyId, VersionId) key = (family.Slot.Id, version);
        if (!_remember || !_known.TryGetValue(key, out int start))
        {
            start = Compute(family, version, count);
            _known[key] = start;
        }

        return start == Undecided ? [] : _orders.AsSpan(start, count);
    }

    /// <summary>
    /// Creates a key that distinguishes the order of a package's variants in different solves. It contains the
    /// requested deciding families, a byte each, in the order of the request, and in the last byte what is compared
    /// first. False if there are too many.
    /// </summary>
    private bool TryMakeKey(ReadOnlySpan<FamilyId> deciding, out ulong key)
    {
        const int Most = 7;
        Span<PlaceId> places = stackalloc PlaceId[Most];
        int count = 0;
        key = 0;
        for (int i = 0; i < deciding.Length; i++)
        {
            PlaceId place = _places.Of(deciding[i]);
            if (place.IsNone)
            {
                continue;
            }

            if (count == Most || i >= byte.MaxValue)
            {
                return false;
            }

            int at = count++;
            for (; at > 0 && places[at - 1] > place; at--)
            {
                places[at] = places[at - 1];
            }

            places[at] = place;
            ulong before = key & ((1UL << (8 * at)) - 1);
            key = before | (ulong)(i + 1) << (8 * at) | (key ^ before) << 8;
        }

        key |= _sharedFirst ? 1UL << (8 * Most) : 0;
        return true;
    }

    /// <summary>
    /// Ranks what a variant requires, as rez does before it compares any variants. That includes the only variant of a
    /// version.
    /// </summary>
    /// <exception cref="InputSyntaxException">rez raises, because an orderer asks for the releases of an
    /// ephemeral.</exception>
    internal void Rank(CompiledFamily family, VersionId version, int index)
    {
        if (_orderers.AskForReleases)
        {
            _keys.Make(family, version, [index]);
            _keys.RankAll();
        }
    }

    /// <summary>Some variants of a version, by index, most preferred first.</summary>
    internal int[] OfSome(CompiledFamily family, VersionId version, int[] indexes)
    {
        ReadOnlySpan<int> all = OfAll(family, version);
        if (all.Length > 0)
        {
            int[] some = new int[indexes.Length];
            int next = 0;
            foreach (int index in all)
            {
                if (indexes.Contains(index))
                {
                    some[next++] = index;
                }
            }

            return some;
        }

        _keys.Make(family, version, indexes);
        VariantKey[] sorted = PythonSort.Descending(_keys.All, (a, b) => _keys.Compare(a, b, out _) < 0);
        return Array.ConvertAll(sorted, key => key.Index);
    }

    private int Compute(CompiledFamily family, VersionId version, int count)
    {
        int start = _ordersTop;
        int top = start + count;
        if (top > _orders.Length)
        {
            Array.Resize(ref _orders, Math.Max(top, _orders.Length * 2));
        }

        Span<int> order = _orders.AsSpan(start, count);
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        _keys.Make(family, version, order);
        if (!SortByInsertion(order))
        {
            IsUndecided = true;
            return Undecided;
        }

        _ordersTop = top;
        return start;
    }

    /// <summary>Sorts, the greatest key first; false if keys of different kinds meet.</summary>
    private bool SortByInsertion(Span<int> order)
    {
        for (int i = 1; i < order.Length; i++)
        {
            int index = order[i];
            int j = i;
            for (; j > 0; j--)
            {
                int comparison = _keys.Compare(_keys.All[order[j - 1]], _keys.All[index], out bool mixed);
                if (mixed)
                {
                    return false;
                }

                if (comparison >= 0)
                {
                    break;
                }

                order[j] = order[j - 1];
            }

            order[j] = index;
        }

        return true;
    }
}
