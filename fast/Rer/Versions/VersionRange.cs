using System.Diagnostics.CodeAnalysis;

namespace Rer.Versions;

/// <summary>
/// A set of versions: one or more contiguous parts in ascending order that do not overlap. A range is never empty; an
/// empty result is null. Immutable.
/// </summary>
/// <remarks>
/// <para>
/// Corresponds to <c>rez.version.VersionRange</c>. A range covers all possible versions, not only those in a
/// repository. It is not simplified further than rez does. Its syntax is rez's:
/// </para>
/// <list type="table">
/// <item><term><c>3</c></term><description>3 and all that extend it: 3.0, 3.1.4</description></item>
/// <item><term><c>==3</c></term><description>only 3</description></item>
/// <item><term><c>3+</c>, <c>>=3</c></term><description>3 or above; <c>>3</c> above 3</description></item>
/// <item><term><c>&lt;5</c></term><description>below 5; <c>&lt;=5</c> 5 or below</description></item>
/// <item><term><c>3+&lt;5</c></term><description>3 or above and below 5; also <c>>=3,&lt;5</c> and
/// <c>&lt;5,>=3</c></description></item>
/// <item><term><c>3..5</c></term><description>3 to 5, both included</description></item>
/// <item><term><c>3|5+</c></term><description>either</description></item>
/// <item><term>nothing</term><description>all versions: the any range</description></item>
/// </list>
/// <para>
/// rez has iterators that test sorted sequences of versions. Here, <see cref="Contains(Version)"/> tests one version at
/// a time. Ranges are immutable, so there is no counterpart to rez's <c>visit_versions</c>, which changes them in
/// place.
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

    /// <summary>Whether the range contains all versions.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange.is_any</c>.</remarks>
    public bool IsAny { get; }

    /// <summary>Whether the range has a lower end, so that it does not start at the smallest version of all.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange.lower_bounded</c>.</remarks>
    public bool LowerBounded => _bounds[0].LowerBounded;

    /// <summary>Whether the range has an upper end.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange.upper_bounded</c>.</remarks>
    public bool UpperBounded => _bounds[^1].UpperBounded;

    /// <summary>Whether the range has both ends.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange.bounded</c>.</remarks>
    public bool Bounded => LowerBounded && UpperBounded;

    /// <summary>Parses a range.</summary>
    /// <param name="text">The range in rez's syntax.</param>
    /// <exception cref="VersionSyntaxException">The text is not a range, or a part of it would be empty.</exception>
    /// <remarks>Corresponds to rez's <c>VersionRange(range_str)</c>.</remarks>
    public static VersionRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(text, 0);
    }

    /// <summary>Tries to parse a range.</summary>
    /// <param name="text">The range in rez's syntax.</param>
    /// <param name="range">The range; null if the text is not one.</param>
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

    /// <summary>Parses a range from a position in a text to the end of the text.</summary>
    internal static VersionRange Parse(string text, int start)
    {
        Bound[] bounds = RangeText.Read(text.AsSpan(start));
        return bounds.Length == 0 ? Any : new VersionRange(bounds);
    }

    /// <summary>The version and all that extend it.</summary>
    /// <exception cref="VersionSyntaxException">The version is empty. rez cannot create that range either, although it
    /// would be the any range.</exception>
    /// <remarks>
    /// Corresponds to rez's <c>VersionRange.from_version</c> without an operator. With <c>==</c> it is
    /// <see cref="Exactly"/>; with any other operator it is <see cref="AsSpan"/> with one end.
    /// </remarks>
    public static VersionRange FromVersion(Version version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return new(Bound.Create(version, true, version.Next(), false));
    }

    /// <summary>Only the version itself.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange.from_version</c> with the operator <c>==</c>.</remarks>
    public static VersionRange Exactly(Version version) => new(Bound.Exactly(version));

    /// <summary>Only the given versions.</summary>
    /// <param name="versions">At least one, in any order.</param>
    /// <exception cref="ArgumentException">There are no versions. rez creates a range without parts, and then cannot
    /// say where it starts.</exception>
    /// <remarks>Of equal versions the first is kept, with its text. Corresponds to rez's
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

    /// <summary>The range from one version to another.</summary>
    /// <param name="lower">The lower end; null to start at the smallest version of all.</param>
    /// <param name="upper">The upper end; null for none.</param>
    /// <param name="lowerInclusive">Whether the lower end belongs to the range.</param>
    /// <param name="upperInclusive">Whether the upper end belongs to the range.</param>
    /// <exception cref="VersionSyntaxException">The range would be empty.</exception>
    /// <remarks>Corresponds to rez's <c>VersionRange.as_span</c>.</remarks>
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
    /// <param name="ranges">At least one. If two start or end at the same version, the text of the first is kept. The
    /// union of a single range may differ from the range, as in rez: parts that its own union kept apart are then
    /// joined (see <see cref="BoundList.Union"/>).</param>
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

    /// <summary>The versions in this range or the other.</summary>
    /// <remarks>
    /// Corresponds to rez's <c>VersionRange.union</c>, and to <c>|</c> and <c>+</c>. If more than two parts meet at one
    /// version, rez may keep them apart although nothing lies between them, and so does this: <c>0..5|1+&lt;3|>5</c>
    /// becomes <c>0..5|>5</c>.
    /// </remarks>
    public VersionRange Union(VersionRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return UnionOf(this, other);
    }

    /// <summary>The versions in this range or any of the others.</summary>
    /// <param name="others">The others. If there are none, only parts that meet may be joined; nothing else
    /// changes.</param>
    /// <remarks>Corresponds to rez's <c>VersionRange.union</c> with a list.</remarks>
    public VersionRange Union(IEnumerable<VersionRange> others) => UnionOf([this, .. others]);

    /// <summary>The versions in both this range and the other; null if there are none.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange.intersection</c>, and to <c>&amp;</c>.</remarks>
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
    /// <remarks>Corresponds to rez's <c>VersionRange.intersection</c> with a list.</remarks>
    public VersionRange? Intersection(IEnumerable<VersionRange> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return others.Aggregate<VersionRange, VersionRange?>(this, (all, other) => all?.Intersection(other));
    }

    /// <summary>The versions not in this range; null for the any range.</summary>
    /// <exception cref="VersionSyntaxException">The range has touching parts that rez's union kept apart (see
    /// <see cref="Union(VersionRange)"/>). rez tries to create a range from the gap between them, and
    /// fails.</exception>
    /// <remarks>Corresponds to rez's <c>VersionRange.inverse</c>, and to <c>~</c>.</remarks>
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

    /// <summary>The versions in this range but not in the other; null if there are none.</summary>
    /// <exception cref="VersionSyntaxException">The other range has no <see cref="Inverse"/>.</exception>
    /// <remarks>Corresponds to rez's <c>-</c>.</remarks>
    public VersionRange? Difference(VersionRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Inverse() is { } rest ? Intersection(rest) : null;
    }

    /// <summary>Whether the two have versions in common.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange.intersects</c>.</remarks>
    public bool Intersects(VersionRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsAny || other.IsAny || BoundList.Intersects(_bounds, other._bounds);
    }

    /// <summary>Whether each part of the other range lies in a part of this one.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange.issuperset</c>, and to <c>in</c> with a range.</remarks>
    public bool IsSupersetOf(VersionRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsAny || BoundList.IsSuperset(_bounds, other._bounds);
    }

    /// <summary>Whether each part of this range lies in a part of the other one.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange.issubset</c>.</remarks>
    public bool IsSubsetOf(VersionRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.IsSupersetOf(this);
    }

    /// <summary>Whether the version lies in this range.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange.contains_version</c>, and to <c>in</c> with a version.</remarks>
    public bool Contains(Version version)
    {
        int low = 0;
        int high = _bounds.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int side = _bounds[middle].Locate(version);
            if (side == 0)
            {
                return true;
            }

            if (side < 0)
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
    /// <remarks>Corresponds to rez's <c>VersionRange.split</c>. Their count corresponds to <c>len</c>.</remarks>
    public IReadOnlyList<VersionRange> Split() => [.. _bounds.Select(bound => new VersionRange(bound))];

    /// <summary>The smallest contiguous range that contains this one.</summary>
    /// <remarks>Corresponds to rez's <c>VersionRange.span</c>.</remarks>
    public VersionRange Span() => _bounds.Length == 1 ? this : new(Bound.Between(_bounds[0], _bounds[^1]));

    /// <summary>The versions that the range names exactly (<c>==</c>), ascending; null if there are none.</summary>
    /// <remarks>Parts that are not exact are left out, as in rez's <c>VersionRange.to_versions</c>.</remarks>
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

    /// <summary>Compares part by part, as rez's <c>&lt;</c> does on ranges.</summary>
    public int CompareTo(VersionRange? other) => other is null ? 1 : Bounds.SequenceCompareTo(other.Bounds);

    /// <summary>
    /// Whether the two have the same parts. If parts touch, two ranges may contain the same versions and still differ.
    /// </summary>
    public bool Equals(VersionRange? other) =>
        other is not null && (ReferenceEquals(this, other) || Bounds.SequenceEqual(other.Bounds));

    // F#'s operators need this.
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

    /// <summary>
    /// The range in rez's syntax. It parses to an equal range, except where rez's text does not either.
    /// </summary>
    public override string ToString() => _text ??= string.Join('|', _bounds);

    /// <summary>Whether the two have the same parts.</summary>
    public static bool operator ==(VersionRange? left, VersionRange? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two differ in a part.</summary>
    public static bool operator !=(VersionRange? left, VersionRange? right) => !(left == right);

    /// <summary>Whether the left one comes before the right one, part by part.</summary>
    public static bool operator <(VersionRange left, VersionRange right) => Compare(left, right) < 0;

    /// <summary>Whether the left one does not come after the right one, part by part.</summary>
    public static bool operator <=(VersionRange left, VersionRange right) => Compare(left, right) <= 0;

    /// <summary>Whether the left one comes after the right one, part by part.</summary>
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
