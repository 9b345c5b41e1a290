namespace Rer.Policies;

/// <summary>
/// The key that an orderer ranks a version by. Versions are tried from the greatest key to the least. Keys of different
/// kinds meet where variants are compared by the families that they require.
/// </summary>
/// <remarks>
/// <para>
/// Corresponds to <c>rez.package_order.FallbackComparable</c> around the result of <c>sort_key_implementation</c>: 0, a
/// version, a reversed version, or a tuple of a priority, one of the two and, with a rank, the tail of a version. If
/// Python cannot compare the two keys, the versions themselves are compared. Two consequences of how Python and rez
/// define this are kept:
/// </para>
/// <list type="bullet">
/// <item>Keys of different kinds are never equal. If their versions are equal, neither key is less, and the keys are
/// <em>tied</em>: a comparison of tuples ends there, undecided.</item>
/// <item>Infinity compares with anything without an error. A key that is infinity is greater than every key of another
/// kind.</item>
/// </list>
/// </remarks>
internal readonly struct SortKey
{
    private readonly Kind _kind;
    private readonly int _priority;
    private readonly bool _reversed;
    private readonly Version _key;
    private readonly Version? _tail;
    private readonly Version _fallback;

    private SortKey(Kind kind, Version fallback, int priority, Version key, bool reversed, Version? tail)
    {
        _kind = kind;
        _fallback = fallback;
        _priority = priority;
        _key = key;
        _reversed = reversed;
        _tail = tail;
    }

    private enum Kind
    {
        Constant,
        Single,
        Tuple,
    }

    /// <summary>A key that is the same for all versions.</summary>
    public static SortKey Constant(Version version) => new(Kind.Constant, version, 0, version, false, null);

    /// <summary>A key that is the version or its reverse.</summary>
    public static SortKey Single(Version version, bool reversed) =>
        new(Kind.Single, version, 0, version, reversed, null);

    /// <summary>A key that compares the priority first, then the version.</summary>
    public static SortKey Tuple(int priority, Version version, bool reversed) =>
        new(Kind.Tuple, version, priority, version, reversed, null);

    /// <summary>
    /// A key that compares the priority first, then the reverse of the version's head, then its tail.
    /// </summary>
    public static SortKey Tuple(int priority, Version version, Version head, Version tail) =>
        new(Kind.Tuple, version, priority, head, true, tail);

    /// <summary>Compares two keys as rez does.</summary>
    /// <param name="other">The key to compare with.</param>
    /// <param name="tied">Whether the result is 0 although the keys are not equal.</param>
    public int CompareTo(in SortKey other, out bool tied)
    {
        tied = false;
        if (_kind != other._kind)
        {
            return CompareKinds(other, out tied);
        }

        if (_kind == Kind.Constant)
        {
            return 0;
        }

        if (_priority != other._priority)
        {
            return _priority.CompareTo(other._priority);
        }

        if (_reversed != other._reversed)
        {
            return CompareKinds(other, out tied);
        }

        int order = _reversed ? other._key.CompareTo(_key) : _key.CompareTo(other._key);
        return order != 0 ? order : CompareTails(other);
    }

    /// <summary>Compares tails. A tuple that ends earlier comes before one that goes on.</summary>
    private int CompareTails(in SortKey other)
    {
        if (_tail is null || other._tail is null)
        {
            return (_tail is null ? 0 : 1) - (other._tail is null ? 0 : 1);
        }

        return _tail.CompareTo(other._tail);
    }

    private int CompareKinds(in SortKey other, out bool tied)
    {
        tied = false;
        if (IsInfinity(_kind == other._kind))
        {
            return 1;
        }

        if (other.IsInfinity(_kind == other._kind))
        {
            return -1;
        }

        int order = _fallback.CompareTo(other._fallback);
        tied = order == 0;
        return order;
    }

    /// <summary>
    /// Whether the value being compared is infinity itself: the key, or the version inside the tuple.
    /// </summary>
    private bool IsInfinity(bool insideTuple) =>
        (_kind == Kind.Single || insideTuple) && !_reversed && _key.Equals(Version.Infinity);
}
