namespace Rer.Versions;

/// <summary>
/// A set of versions: one or more <see cref="Bound"/>s in ascending order, none overlapping another. Never empty; what
/// would be is null. Immutable.
/// </summary>
/// <remarks>
/// Answers to <c>rez.version.VersionRange</c>. A range is about the versions that can be, not those that a repository
/// has, and it is not simplified beyond what rez does: see <see cref="BoundList.Union"/>.
/// </remarks>
internal sealed class VersionRange : IEquatable<VersionRange>, IComparable<VersionRange>
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
    public ReadOnlySpan<Bound> Bounds => _bounds;

    /// <summary>Whether it holds all versions.</summary>
    public bool IsAny { get; }

    /// <summary>Whether it begins after the smallest version of all.</summary>
    public bool LowerBounded => _bounds[0].LowerBounded;

    /// <summary>Whether it ends.</summary>
    public bool UpperBounded => _bounds[^1].UpperBounded;

    /// <summary>Reads a range in rez's syntax; see <see cref="RangeParser"/>.</summary>
    /// <exception cref="VersionSyntaxException">The text is no range, or a part of it would be empty.</exception>
    public static VersionRange Parse(string text) => Parse(text, 0);

    /// <summary>Reads a range from where it begins in a text to the text's end.</summary>
    internal static VersionRange Parse(string text, int start)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start);
        if (rest.Contains('|'))
        {
            return ParseParts(rest);
        }

        return rest.Length != 0 && ParsePart(rest, rest, onlySyntax: false) is { } bound
            ? new VersionRange(bound)
            : Any;
    }

    /// <summary>The version and all that extend it.</summary>
    /// <exception cref="VersionSyntaxException">
    /// The version is empty: rez cannot make that range, though the any range would be it.
    /// </exception>
    /// <remarks>Answers to rez's <c>VersionRange.from_version</c> without an operator.</remarks>
    public static VersionRange FromVersion(Version version) => new(Bound.Create(version, true, version.Next(), false));

    /// <summary>The version alone.</summary>
    /// <remarks>Answers to rez's <c>VersionRange.from_version</c> with the operator <c>==</c>.</remarks>
    public static VersionRange Exactly(Version version) => new(Bound.Exactly(version));

    /// <summary>The given versions alone.</summary>
    /// <param name="versions">At least one, in any order.</param>
    /// <remarks>Of equal versions the first is kept, with its text. Answers to rez's <c>from_versions</c>.</remarks>
    public static VersionRange FromVersions(IEnumerable<Version> versions)
    {
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
    /// <exception cref="VersionSyntaxException">The range would be empty.</exception>
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
    public static VersionRange UnionOf(params ReadOnlySpan<VersionRange> ranges)
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
    public VersionRange Union(VersionRange other) => UnionOf(this, other);

    /// <summary>The versions in this range and the other; null if there are none.</summary>
    public VersionRange? Intersection(VersionRange other)
    {
        if (other.IsAny || ReferenceEquals(this, other))
        {
            return this;
        }

        return IsAny ? other : From(BoundList.Intersection(_bounds, other._bounds));
    }

    /// <summary>The versions not in this range; null for the any range.</summary>
    /// <exception cref="VersionSyntaxException">Bounds touch that rez's union kept apart: see
    /// <see cref="BoundList.Inverse"/>.</exception>
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
    public VersionRange? Difference(VersionRange other) => other.Inverse() is { } rest ? Intersection(rest) : null;

    /// <summary>Whether the two have versions in common.</summary>
    public bool Intersects(VersionRange other) => IsAny || other.IsAny || BoundList.Intersects(_bounds, other._bounds);

    /// <summary>Whether each part of the other range lies in a part of this one.</summary>
    public bool IsSupersetOf(VersionRange other) => IsAny || BoundList.IsSuperset(_bounds, other._bounds);

    /// <summary>Whether the version lies in this range.</summary>
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

    /// <summary>The smallest contiguous range that holds all of this one.</summary>
    public VersionRange Span() => _bounds.Length == 1 ? this : new(Bound.Between(_bounds[0], _bounds[^1]));

    /// <summary>The versions that the range names exactly (<c>==</c>), ascending; null if there are none.</summary>
    /// <remarks>Parts that are not exact are left out, as by rez's <c>to_versions</c>.</remarks>
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

    /// <inheritdoc/>
    public bool Equals(VersionRange? other) =>
        other is not null && (ReferenceEquals(this, other) || Bounds.SequenceEqual(other.Bounds));

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

    private static VersionRange? From(Bound[] bounds) => bounds.Length == 0 ? null : new(bounds);

    private static VersionRange ParseParts(ReadOnlySpan<char> text)
    {
        List<Bound> bounds = [];
        bool isAny = false;
        foreach (Range part in text.Split('|'))
        {
            // An empty part makes it the any range; what follows only has to be well-formed.
            if (text[part].IsEmpty)
            {
                isAny = true;
            }
            else if (ParsePart(text, text[part], isAny) is { } bound)
            {
                bounds.Add(bound);
            }
        }

        return isAny || bounds.Count == 0 ? Any : new(BoundList.Union(bounds));
    }

    private static Bound? ParsePart(ReadOnlySpan<char> text, ReadOnlySpan<char> part, bool onlySyntax)
    {
        Bound? bound;
        bool isWellFormed;
        try
        {
            isWellFormed = new RangeParser(part).TryParse(onlySyntax, out bound);
        }
        catch (VersionSyntaxException error)
        {
            throw new VersionSyntaxException($"Invalid version range '{text}': {error.Message}");
        }

        return isWellFormed
            ? bound
            : throw new VersionSyntaxException(
                $"Syntax error in version range '{text}': Syntax error in version range '{part}'"
            );
    }
}
