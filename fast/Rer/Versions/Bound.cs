using System.Diagnostics;

namespace Rer.Versions;

/// <summary>One contiguous part of a version range, never empty. Immutable.</summary>
/// <remarks>
/// Corresponds to <c>rez.version._version._Bound</c> with its <c>_LowerBound</c> and <c>_UpperBound</c>. A bound is
/// unbounded below if it starts at <see cref="Version.Empty"/>, inclusive, and unbounded above if it ends at
/// <see cref="Version.Infinity"/>, inclusive.
/// </remarks>
internal readonly struct Bound : IEquatable<Bound>, IComparable<Bound>
{
    private Bound(Version lower, bool lowerInclusive, Version upper, bool upperInclusive)
    {
        Lower = lower;
        LowerInclusive = lowerInclusive;
        Upper = upper;
        UpperInclusive = upperInclusive;
    }

    /// <summary>All versions.</summary>
    public static Bound Any { get; } = new(Version.Empty, true, Version.Infinity, true);

    /// <summary>Where the bound starts.</summary>
    public Version Lower { get; }

    /// <summary>Whether <see cref="Lower"/> belongs to the bound.</summary>
    public bool LowerInclusive { get; }

    /// <summary>Where the bound ends.</summary>
    public Version Upper { get; }

    /// <summary>Whether <see cref="Upper"/> belongs to the bound.</summary>
    public bool UpperInclusive { get; }

    /// <summary>Whether the bound has a lower end, so that it does not start at the smallest version of all.</summary>
    public bool LowerBounded => !(Lower.IsEmpty && LowerInclusive);

    /// <summary>Whether the bound has an upper end.</summary>
    public bool UpperBounded => !ReferenceEquals(Upper, Version.Infinity);

    /// <summary>Whether the bound is a single version.</summary>
    public bool IsExact => LowerInclusive && UpperInclusive && Lower.Equals(Upper);

    /// <summary>Creates a bound.</summary>
    /// <exception cref="VersionSyntaxException">The bound would be empty. The message is rez's.</exception>
    public static Bound Create(Version lower, bool lowerInclusive, Version upper, bool upperInclusive)
    {
        // In rez, both the empty version and infinity are falsy.
        if (!upperInclusive && upper.Length == 0)
        {
            throw new VersionSyntaxException($"Invalid upper bound: '<{upper}'");
        }

        int order = lower.CompareTo(upper);
        return order < 0 || (order == 0 && lowerInclusive && upperInclusive)
            ? new Bound(lower, lowerInclusive, upper, upperInclusive)
            : throw new VersionSyntaxException("Invalid bound");
    }

    /// <summary>The bound that holds one version.</summary>
    public static Bound Exactly(Version version) => new(version, true, version, true);

    /// <summary>The bound from the start of one bound to the end of another.</summary>
    public static Bound Between(in Bound first, in Bound last)
    {
        Debug.Assert(first.Lower.CompareTo(last.Upper) <= 0);
        return new(first.Lower, first.LowerInclusive, last.Upper, last.UpperInclusive);
    }

    /// <summary>Compares where two bounds start. An inclusive one starts before an exclusive one.</summary>
    public static int CompareLower(in Bound a, in Bound b)
    {
        int order = a.Lower.CompareTo(b.Lower);
        return order != 0 ? order : b.LowerInclusive.CompareTo(a.LowerInclusive);
    }

    /// <summary>Compares where two bounds end. An exclusive one ends before an inclusive one.</summary>
    public static int CompareUpper(in Bound a, in Bound b)
    {
        int order = a.Upper.CompareTo(b.Upper);
        return order != 0 ? order : a.UpperInclusive.CompareTo(b.UpperInclusive);
    }

    /// <summary>Whether a version lies before (negative), in (0) or after (positive) this bound.</summary>
    public int Locate(Version version)
    {
        int lower = version.CompareTo(Lower);
        if (lower < 0 || (lower == 0 && !LowerInclusive))
        {
            return -1;
        }

        int upper = version.CompareTo(Upper);
        return upper > 0 || (upper == 0 && !UpperInclusive) ? 1 : 0;
    }

    /// <summary>Whether another bound lies entirely in this one.</summary>
    public bool Contains(in Bound other) => CompareLower(this, other) <= 0 && CompareUpper(this, other) >= 0;

    /// <summary>The intersection of two bounds, if there is one.</summary>
    /// <remarks>If both start or end at the same version, this bound's text is kept, as in rez.</remarks>
    public bool TryIntersect(in Bound other, out Bound intersection)
    {
        Bound lower = CompareLower(this, other) >= 0 ? this : other;
        Bound upper = CompareUpper(this, other) <= 0 ? this : other;
        int order = lower.Lower.CompareTo(upper.Upper);
        bool intersects = order < 0 || (order == 0 && lower.LowerInclusive && upper.UpperInclusive);
        intersection = intersects ? Between(lower, upper) : default;
        return intersects;
    }

    /// <inheritdoc/>
    public int CompareTo(Bound other)
    {
        int order = CompareLower(this, other);
        return order != 0 ? order : CompareUpper(this, other);
    }

    /// <inheritdoc/>
    public bool Equals(Bound other) =>
        LowerInclusive == other.LowerInclusive
        && UpperInclusive == other.UpperInclusive
        && Lower.Equals(other.Lower)
        && Upper.Equals(other.Upper);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Bound other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Lower, LowerInclusive, Upper, UpperInclusive);

    /// <summary>The bound in rez's range syntax; empty for <see cref="Any"/>.</summary>
    public override string ToString()
    {
        if (!UpperBounded)
        {
            return LowerText();
        }

        if (Lower.Equals(Upper))
        {
            return $"=={Lower}";
        }

        if (LowerInclusive && UpperInclusive)
        {
            return Lower.IsEmpty ? $"<={Upper}" : $"{Lower}..{Upper}";
        }

        if (LowerInclusive && !UpperInclusive && Lower.Next().Equals(Upper))
        {
            return Lower.ToString();
        }

        return $"{LowerText()}{(UpperInclusive ? "<=" : "<")}{Upper}";
    }

    private string LowerText() =>
        LowerInclusive
            ? Lower.IsEmpty
                ? ""
                : $"{Lower}+"
            : $">{Lower}";
}
