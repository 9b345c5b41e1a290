using System.Diagnostics.CodeAnalysis;

namespace Rer.Versions;

/// <summary>
/// A set of versions: one or more contiguous parts in ascending order, none overlapping another. Never empty; what
/// would be is null. Immutable.
/// </summary>
/// <remarks>
/// <para>
/// Answers to <c>rez.version.VersionRange</c>. A range is about the versions that can be, not those that a repository
/// has, and it is not simplified beyond what rez does. Its syntax is rez's:
/// </para>
/// <list type="table">
/// <item><term><c>3</c></term><description>3 and all that extend it: 3.0, 3.1.4</description></item>
/// <item><term><c>==3</c></term><description>3 alone</description></item>
/// <item><term><c>3+</c>, <c>>=3</c></term><description>at least 3; <c>>3</c> above it</description></item>
/// <item><term><c>&lt;5</c></term><description>below 5; <c>&lt;=5</c> at most 5</description></item>
/// <item><term><c>3+&lt;5</c></term><description>at least 3, below 5; also <c>>=3,&lt;5</c> and <c>&lt;5,>=3</c></description></item>
/// <item><term><c>3..5</c></term><description>3 to 5, both included</description></item>
/// <item><term><c>3|5+</c></term><description>either</description></item>
/// <item><term>nothing</term><description>all versions: the any range</description></item>
/// </list>
/// <para>
/// A sequence of versions is tested with <see cref="Contains(Version)"/> one by one, where rez has iterators for sorted
/// ones; and what rez's <c>visit_versions</c> would change in place cannot change here.
/// </para>
/// </remarks>
public sealed class VersionRange : IEquatable<VersionRange>, IComparable<VersionRange>, IComparable
{
    private readonly Bound[] _bounds;
    private string? _text;
    private int _hash;

    private VersionRange(params Bound[] bounds)
    {
        _bounds = bounds;
        IsAny = bounds is [var only] && !only.LowerBounded && !only.UpperBounded;
    }

    /// <summary>The range of all versions; its text is empty.</summary>
    public static VersionRange Any { get; } = new(Bound.Any);

    /// <summary>Its contiguous parts, ascending.</summary>
    internal ReadOnlySpan<Bound> Bounds => _bounds;

    /// <summary>Whether it holds all versions.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.is_any</c>.</remarks>
    public bool IsAny { get; }

    /// <summary>Whether it begins after the smallest version of all.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.lower_bounded</c>.</remarks>
    public bool LowerBounded => _bounds[0].LowerBounded;

    /// <summary>Whether it ends.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.upper_bounded</c>.</remarks>
    public bool UpperBounded => _bounds[^1].UpperBounded;

    /// <summary>Whether it both begins and ends.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.bounded</c>.</remarks>
    public bool Bounded => LowerBounded && UpperBounded;

    /// <summary>Reads a range.</summary>
    /// <param name="text">The range in rez's syntax.</param>
    /// <exception cref="VersionSyntaxException">The text is no range, or a part of it would be empty.</exception>
    /// <remarks>Answers to rez's <c>VersionRange(range_str)</c>.</remarks>
    public static VersionRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(text, 0);
    }

    /// <summary>Reads a range, if the text is one.</summary>
    /// <param name="text">The range in rez's syntax.</param>
    /// <param name="range">The range; null if the text is none.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionRange? range)
    {
        try
        {
            range = Parse(text);
        }
        catch (VersionSyntaxException)
        {
            range = null;
        }

        return range is not null;
    }

    /// <summary>Reads a range from where it begins in a text to the text's end.</summary>
    internal static VersionRange Parse(string text, int start)
    {
        Bound[] bounds = RangeText.Read(text.AsSpan(start));
        return bounds.Length == 0 ? Any : new VersionRange(bounds);
    }

    /// <summary>The version and all that extend it.</summary>
    /// <exception cref="VersionSyntaxException">
    /// The version is empty: rez cannot make that range, though the any range would be it.
    /// </exception>
    /// <remarks>
    /// Answers to rez's <c>VersionRange.from_version</c> without an operator. With <c>==</c> it is
    /// <see cref="Exactly"/>, with another <see cref="AsSpan"/> with one end.
    /// </remarks>
    public static VersionRange FromVersion(Version version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return new(Bound.Create(version, true, version.Next(), false));
    }

    /// <summary>The version alone.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.from_version</c> with the operator <c>==</c>.</remarks>
    public static VersionRange Exactly(Version version) => new(Bound.Exactly(version));

    /// <summary>The given versions alone.</summary>
    /// <param name="versions">At least one, in any order.</param>
    /// <exception cref="ArgumentException">There is none. rez makes a range without parts, of which it cannot say where it
    /// begins.</exception>
    /// <remarks>Of equal versions the first is kept, with its text. Answers to rez's
    /// <c>VersionRange.from_versions</c>.</remarks>
    public static VersionRange FromVersions(IEnumerable<Version> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        List<Bound> bounds = [];
        foreach (Version version in versions.Order())
        {
            if (bounds.Count == 0 || !version.Equals(bounds[^1].Lower))
            {
                bounds.Add(Bound.Exactly(version));
            }
        }

        return bounds.Count != 0
            ? new([.. bounds])
            : throw new ArgumentException("A range needs at least one version.", nameof(versions));
    }

    /// <summary>From one version to another.</summary>
    /// <param name="lower">Where it begins; null for the smallest version of all.</param>
    /// <param name="upper">Where it ends; null if it does not.</param>
    /// <param name="lowerInclusive">Whether the lower end belongs to it.</param>
    /// <param name="upperInclusive">Whether the upper end belongs to it.</param>
    /// <exception cref="VersionSyntaxException">The range would be empty.</exception>
    /// <remarks>Answers to rez's <c>VersionRange.as_span</c>.</remarks>
    public static VersionRange AsSpan(
        Version? lower,
        Version? upper,
        bool lowerInclusive = true,
        bool upperInclusive = true
    ) =>
        new(
            Bound.Create(
                lower ?? Version.Empty,
                lower is null || lowerInclusive,
                upper ?? Version.Infinity,
                upper is null || upperInclusive
            )
        );

    /// <summary>The versions in any of the ranges.</summary>
    /// <param name="ranges">At least one. The texts of the first are kept where two begin or end alike. To unite a range
    /// with nothing may change it, as in rez: what its own union kept apart is joined then (see
    /// <see cref="BoundList.Union"/>).</param>
    internal static VersionRange UnionOf(params ReadOnlySpan<VersionRange> ranges)
    {
        if (ranges is [var only] && BoundList.IsApart(only._bounds))
        {
            return only;
        }

        List<Bound> bounds = [];
        foreach (VersionRange range in ranges)
        {
            bounds.AddRange(range._bounds);
        }

        return new(BoundList.Union(bounds));
    }

    /// <summary>
    /// Whether ranges name no version in two ways, as <c>1-2</c> and <c>1.2</c> do. Otherwise the text of their union
    /// depends on their order.
    /// </summary>
    internal static bool AreWrittenAlike(List<VersionRange> ranges)
    {
        if (ranges.Count < 2)
        {
            return true;
        }

        Dictionary<Version, string> texts = [];
        return ranges.TrueForAll(range =>
            range._bounds.All(bound => IsWrittenAsBefore(bound.Lower) && IsWrittenAsBefore(bound.Upper))
        );

        bool IsWrittenAsBefore(Version version)
        {
            string text = version.ToString();
            return texts.TryAdd(version, text) || texts[version] == text;
        }
    }

    /// <summary>The versions in this range or the other.</summary>
    /// <remarks>
    /// Answers to rez's <c>VersionRange.union</c>, and to <c>|</c> and <c>+</c>. Where more than two parts meet at one
    /// version, rez may keep them apart, though nothing lies between, and so they are here: <c>0..5|1+&lt;3|>5</c> becomes
    /// <c>0..5|>5</c>.
    /// </remarks>
    public VersionRange Union(VersionRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return UnionOf(this, other);
    }

    /// <summary>The versions in this range or any of the others.</summary>
    /// <param name="others">The others, none of which changes nothing, but for parts that meet.</param>
    /// <remarks>Answers to rez's <c>VersionRange.union</c> with a list.</remarks>
    public VersionRange Union(IEnumerable<VersionRange> others) => UnionOf([this, .. others]);

    /// <summary>The versions in this range and the other; null if there are none.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.intersection</c>, and to <c>&amp;</c>.</remarks>
    public VersionRange? Intersection(VersionRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.IsAny || ReferenceEquals(this, other))
        {
            return this;
        }

        return IsAny ? other : From(BoundList.Intersection(_bounds, other._bounds));
    }

    /// <summary>The versions in this range and all of the others; null if there are none.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.intersection</c> with a list.</remarks>
    public VersionRange? Intersection(IEnumerable<VersionRange> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return others.Aggregate<VersionRange, VersionRange?>(this, (all, other) => all?.Intersection(other));
    }

    /// <summary>The versions not in this range; null for the any range.</summary>
    /// <exception cref="VersionSyntaxException">Parts touch that rez's union kept apart (see
    /// <see cref="Union(VersionRange)"/>): rez tries to make a range of what lies between, and fails.</exception>
    /// <remarks>Answers to rez's <c>VersionRange.inverse</c>, and to <c>~</c>.</remarks>
    public VersionRange? Inverse()
    {
        try
        {
            return IsAny ? null : From(BoundList.Inverse(_bounds));
        }
        catch (VersionSyntaxException e)
        {
            throw new VersionSyntaxException($"the range '{this}' cannot be inverted: {e.Message}");
        }
    }

    /// <summary>The versions in this range and not in the other; null if there are none.</summary>
    /// <exception cref="VersionSyntaxException">The other has no <see cref="Inverse"/>.</exception>
    /// <remarks>Answers to rez's <c>-</c>.</remarks>
    public VersionRange? Difference(VersionRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Inverse() is { } rest ? Intersection(rest) : null;
    }

    /// <summary>Whether the two have versions in common.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.intersects</c>.</remarks>
    public bool Intersects(VersionRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsAny || other.IsAny || BoundList.Intersects(_bounds, other._bounds);
    }

    /// <summary>Whether each part of the other range lies in a part of this one.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.issuperset</c>, and to <c>in</c> with a range.</remarks>
    public bool IsSupersetOf(VersionRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsAny || BoundList.IsSuperset(_bounds, other._bounds);
    }

    /// <summary>Whether each part of this range lies in a part of the other one.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.issubset</c>.</remarks>
    public bool IsSubsetOf(VersionRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.IsSupersetOf(this);
    }

    /// <summary>Whether the version lies in this range.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.contains_version</c>, and to <c>in</c> with a version.</remarks>
    public bool Contains(Version version)
    {
        int low = 0;
        int high = _bounds.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int place = _bounds[middle].Locate(version);
            if (place == 0)
            {
                return true;
            }

            if (place < 0)
            {
                high = middle - 1;
            }
            else
            {
                low = middle + 1;
            }
        }

        return false;
    }

    /// <summary>The contiguous parts, each as a range, ascending: <c>3</c> and <c>5+</c> for <c>3|5+</c>.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.split</c>; how many there are, to <c>len</c>.</remarks>
    public IReadOnlyList<VersionRange> Split() => [.. _bounds.Select(bound => new VersionRange(bound))];

    /// <summary>The smallest contiguous range that holds all of this one.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.span</c>.</remarks>
    public VersionRange Span() => _bounds.Length == 1 ? this : new(Bound.Between(_bounds[0], _bounds[^1]));

    /// <summary>The versions that the range names exactly (<c>==</c>), ascending; null if there are none.</summary>
    /// <remarks>Parts that are not exact are left out, as by rez's <c>VersionRange.to_versions</c>.</remarks>
    public IReadOnlyList<Version>? ToVersions()
    {
        List<Version>? versions = null;
        foreach (Bound bound in _bounds)
        {
            if (bound.IsExact)
            {
                (versions ??= []).Add(bound.Lower);
            }
        }

        return versions;
    }

    /// <summary>Compares part by part: what rez's <c>&lt;</c> on ranges means.</summary>
    public int CompareTo(VersionRange? other) => other is null ? 1 : Bounds.SequenceCompareTo(other.Bounds);

    /// <summary>Whether the two have the same parts. To hold the same versions is not enough, where parts touch.</summary>
    public bool Equals(VersionRange? other) =>
        other is not null && (ReferenceEquals(this, other) || Bounds.SequenceEqual(other.Bounds));

    // F#'s operators ask for it.
    int IComparable.CompareTo(object? obj) =>
        obj is null or VersionRange
            ? CompareTo((VersionRange?)obj)
            : throw new ArgumentException("It is not a range.", nameof(obj));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VersionRange);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            HashCode hash = default;
            foreach (Bound bound in _bounds)
            {
                hash.Add(bound);
            }

            _hash = hash.ToHashCode();
        }

        return _hash;
    }

    /// <summary>The range in rez's syntax. It parses to an equal range, except where rez's own does not.</summary>
    public override string ToString() => _text ??= string.Join('|', _bounds);

    /// <summary>Whether the two have the same parts.</summary>
    public static bool operator ==(VersionRange? left, VersionRange? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two differ in a part.</summary>
    public static bool operator !=(VersionRange? left, VersionRange? right) => !(left == right);

    /// <summary>Whether the left one comes before the right one, part by part.</summary>
    public static bool operator <(VersionRange left, VersionRange right) => Compare(left, right) < 0;

    /// <summary>Whether the left one does not come behind the right one, part by part.</summary>
    public static bool operator <=(VersionRange left, VersionRange right) => Compare(left, right) <= 0;

    /// <summary>Whether the left one comes behind the right one, part by part.</summary>
    public static bool operator >(VersionRange left, VersionRange right) => Compare(left, right) > 0;

    /// <summary>Whether the left one does not come before the right one, part by part.</summary>
    public static bool operator >=(VersionRange left, VersionRange right) => Compare(left, right) >= 0;

    private static int Compare(VersionRange left, VersionRange right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.CompareTo(right);
    }

    private static VersionRange? From(Bound[] bounds) => bounds.Length == 0 ? null : new(bounds);
}
