namespace Rer.Versions;

/// <summary>
/// One of the parts of a version that dots or hyphens separate: <c>07b</c> in <c>2.3.07b</c>. Immutable.
/// </summary>
/// <remarks>
/// Corresponds to <c>rez.version.AlphanumericVersionToken</c>. A token consists of runs of digits and runs of letters
/// and underscores, and is compared run by run. Letters come before digits. Letters are ordered by code (<c>A</c>,
/// <c>_</c>, <c>a</c>). Digits are ordered by number, and by text if the numbers are equal: <c>01</c> comes before
/// <c>1</c>.
/// </remarks>
public sealed class VersionToken : IComparable<VersionToken>, IComparable, IEquatable<VersionToken>
{
    // A version with only this token. It compares as the token does.
    private readonly Version _version;

    internal VersionToken(Version version) => _version = version;

    /// <summary>Parses a token.</summary>
    /// <exception cref="VersionSyntaxException">The text is empty, or contains anything other than letters, digits and
    /// underscores.</exception>
    /// <remarks>Corresponds to rez's <c>AlphanumericVersionToken(token)</c>.</remarks>
    public static VersionToken Parse(string text) =>
        Version.TryParse(text, out Version? version) && version.Length == 1
            ? new(version)
            : throw new VersionSyntaxException($"Invalid version token: '{text}'");

    /// <summary>The next token: <c>1_</c> for <c>1</c>, <c>a_</c> for <c>a</c>.</summary>
    /// <remarks>Corresponds to rez's <c>AlphanumericVersionToken.next</c>.</remarks>
    public VersionToken Next() => new(_version.Next());

    /// <inheritdoc/>
    public int CompareTo(VersionToken? other) => _version.CompareTo(other?._version);

    /// <inheritdoc/>
    public bool Equals(VersionToken? other) => other is not null && _version.Equals(other._version);

    // F#'s operators need this.
    int IComparable.CompareTo(object? obj) =>
        obj is null or VersionToken
            ? CompareTo((VersionToken?)obj)
            : throw new ArgumentException("It is not a token.", nameof(obj));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VersionToken);

    /// <inheritdoc/>
    public override int GetHashCode() => _version.GetHashCode();

    /// <summary>The token as it was written.</summary>
    public override string ToString() => _version.ToString();

    /// <summary>Whether the two are the same.</summary>
    public static bool operator ==(VersionToken? left, VersionToken? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(VersionToken? left, VersionToken? right) => !(left == right);

    /// <summary>Whether the left one comes before the right one.</summary>
    public static bool operator <(VersionToken left, VersionToken right) => Compare(left, right) < 0;

    /// <summary>Whether the left one does not come after the right one.</summary>
    public static bool operator <=(VersionToken left, VersionToken right) => Compare(left, right) <= 0;

    /// <summary>Whether the left one comes after the right one.</summary>
    public static bool operator >(VersionToken left, VersionToken right) => Compare(left, right) > 0;

    /// <summary>Whether the left one does not come before the right one.</summary>
    public static bool operator >=(VersionToken left, VersionToken right) => Compare(left, right) >= 0;

    private static int Compare(VersionToken left, VersionToken right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.CompareTo(right);
    }
}
