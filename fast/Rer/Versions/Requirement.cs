using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Rer.Versions;

/// <summary>
/// A family and the range of its versions that is required or, for a conflict (<c>!foo-1</c>), excluded. A weak
/// requirement (<c>~foo-1</c>) excludes everything outside its range. Immutable.
/// </summary>
/// <remarks>
/// Corresponds to <c>rez.version.Requirement</c>: <c>foo-1+&lt;4.3</c>, <c>foo@1</c>, <c>foo#1</c>, <c>foo==1.0.1</c>,
/// <c>foo&lt;3</c>, <c>!foo-2</c>, <c>~foo-1</c>. rez restricts what a request may contain further
/// (<c>PackageRequest</c>). A requirement may have any text as its name.
/// </remarks>
public sealed class Requirement : IEquatable<Requirement>
{
    // A name ends at its separator, or at the first character of a range that needs no separator.
    private static readonly SearchValues<char> s_nameEnds = SearchValues.Create("-@#=<>");

    private string? _text;

    private Requirement(string name, VersionRange? range, bool conflict, bool weak, char separator)
    {
        Name = name;
        Range = range;
        Conflict = conflict;
        Weak = weak;
        Separator = separator;
    }

    /// <summary>The family. rez accepts any text here, including the empty text.</summary>
    /// <remarks>Corresponds to rez's <c>Requirement.name</c>.</remarks>
    public string Name { get; }

    /// <summary>
    /// The versions required or excluded. For <c>~foo-1</c> it is the inverse of <c>1</c>. Null for <c>~foo</c>, which
    /// excludes nothing.
    /// </summary>
    /// <remarks>Corresponds to rez's <c>Requirement.range</c>.</remarks>
    public VersionRange? Range { get; }

    /// <summary>Whether the range is excluded.</summary>
    /// <remarks>Corresponds to rez's <c>Requirement.conflict</c>.</remarks>
    public bool Conflict { get; }

    /// <summary>Whether it was written with <c>~</c>. A weak requirement is also a conflict.</summary>
    /// <remarks>Corresponds to rez's <c>Requirement.weak</c>.</remarks>
    public bool Weak { get; }

    /// <summary>
    /// The separator between name and range: <c>-</c>, <c>@</c> or <c>#</c>. It only affects how the requirement is
    /// shown.
    /// </summary>
    internal char Separator { get; }

    /// <summary>Parses a requirement.</summary>
    /// <param name="text">The requirement as written in a package or a request.</param>
    /// <exception cref="VersionSyntaxException">The range is invalid, or the requirement is weak and its range has no
    /// inverse.</exception>
    /// <remarks>Corresponds to rez's <c>Requirement(s)</c>.</remarks>
    public static Requirement Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool weak = text.StartsWith('~');
        bool conflict = weak || text.StartsWith('!');
        int start = conflict ? 1 : 0;
        int length = text.AsSpan(start).IndexOfAny(s_nameEnds);
        if (length < 0)
        {
            return new(text[start..], weak ? null : VersionRange.Any, conflict, weak, '-');
        }

        int end = start + length;
        bool hasSeparator = text[end] is '-' or '@' or '#';
        VersionRange range = VersionRange.Parse(text, hasSeparator ? end + 1 : end);
        return new(text[start..end], weak ? range.Inverse() : range, conflict, weak, hasSeparator ? text[end] : '-');
    }

    /// <summary>Tries to parse a requirement.</summary>
    /// <param name="text">The requirement.</param>
    /// <param name="requirement">The requirement; null if the text is not one.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Requirement? requirement)
    {
        try
        {
            requirement = Parse(text);
        }
        catch (VersionSyntaxException)
        {
            requirement = null;
        }

        return requirement is not null;
    }

    /// <summary>Creates a requirement for a range, or for any version.</summary>
    /// <param name="name">The family.</param>
    /// <param name="range">The range; null for any version.</param>
    /// <remarks>Corresponds to rez's <c>Requirement.construct</c>.</remarks>
    public static Requirement Construct(string name, VersionRange? range = null) =>
        new(name, range ?? VersionRange.Any, conflict: false, weak: false, '-');

    /// <summary>Whether no version can satisfy both requirements.</summary>
    /// <remarks>Corresponds to rez's <c>Requirement.conflicts_with</c> with a requirement.</remarks>
    public bool ConflictsWith(Requirement other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Range is null || other.Range is null || Name != other.Name)
        {
            return false;
        }

        return (Conflict, other.Conflict) switch
        {
            (true, true) => false,
            (true, false) => Range.IsSupersetOf(other.Range),
            (false, true) => other.Range.IsSupersetOf(Range),
            _ => !Range.Intersects(other.Range),
        };
    }

    /// <summary>Whether a package does not satisfy this requirement.</summary>
    /// <remarks>Corresponds to rez's <c>Requirement.conflicts_with</c> with a versioned object.</remarks>
    public bool ConflictsWith(VersionedObject package)
    {
        ArgumentNullException.ThrowIfNull(package);
        return ConflictsWith(package.Name, package.Version);
    }

    /// <summary>Whether a package, given by family and version, does not satisfy this requirement.</summary>
    internal bool ConflictsWith(string name, Version version) =>
        Range is not null && Name == name && Range.Contains(version) == Conflict;

    /// <summary>The requirement that combines both; null if they contradict each other.</summary>
    /// <remarks>
    /// Prefix and separator come from whichever of the two is not a conflict, otherwise from this one. Corresponds to
    /// rez's <c>Requirement.merged</c>.
    /// </remarks>
    public Requirement? Merged(Requirement other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Name != other.Name)
        {
            return null;
        }

        if (Range is null)
        {
            return other;
        }

        if (other.Range is null)
        {
            return this;
        }

        return (Conflict, other.Conflict) switch
        {
            (true, true) => MergedConflict(Range.Union(other.Range), other),
            (true, false) => other.WithRange(other.Range.Difference(Range)),
            (false, true) => WithRange(Range.Difference(other.Range)),
            _ => WithRange(Range.Intersection(other.Range)),
        };
    }

    /// <summary>
    /// Whether name, range and conflict are the same. Prefix and separator do not count; they only affect how it is
    /// shown.
    /// </summary>
    public bool Equals(Requirement? other) =>
        other is not null
        && Conflict == other.Conflict
        && Name == other.Name
        && (Range is null ? other.Range is null : Range.Equals(other.Range));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Requirement);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Range, Conflict);

    /// <summary>Whether name, range and conflict are the same.</summary>
    public static bool operator ==(Requirement? left, Requirement? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether name, range or conflict differ.</summary>
    public static bool operator !=(Requirement? left, Requirement? right) => !(left == right);

    /// <summary>The requirement in rez's syntax.</summary>
    public override string ToString() => _text ??= MakeText();

    private Requirement MergedConflict(VersionRange range, Requirement other) =>
        new(Name, range, conflict: true, Weak && other.Weak && !range.IsAny, Separator);

    private Requirement? WithRange(VersionRange? range) =>
        range is null ? null : new(Name, range, Conflict, Weak, Separator);

    private string MakeText()
    {
        string prefix =
            Weak ? "~"
            : Conflict ? "!"
            : "";
        VersionRange? range = Weak ? Range?.Inverse() : Range;
        if (range is null || range.IsAny)
        {
            return prefix + Name;
        }

        string text = range.ToString();
        return text[0] is '=' or '<' or '>' ? prefix + Name + text : prefix + Name + Separator + text;
    }
}
