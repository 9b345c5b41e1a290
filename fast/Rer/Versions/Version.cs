using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Rer.Versions;

/// <summary>
/// A package's version: tokens of letters, digits and underscores, separated by single characters. The separators are
/// shown but otherwise mean nothing: <c>1-0</c> equals <c>1.0</c>. Immutable.
/// </summary>
/// <remarks>
/// <para>
/// Corresponds to <c>rez.version.Version</c>. A version comes before all versions that extend it. Tokens are compared
/// as <see cref="VersionToken"/> describes: <c>1.beta</c> comes before <c>1.0</c>. A number may have any count of
/// digits (Python refuses more than 4,300).
/// </para>
/// <para>
/// If your file also imports <c>System</c>, disambiguate with <c>using Version = Rer.Versions.Version;</c>.
/// </para>
/// </remarks>
public sealed class Version : IComparable<Version>, IComparable, IEquatable<Version>
{
    // Keys up to this length are built on the stack.
    private const int StackLimit = 512;

    private readonly string _text;
    private readonly byte[] _key;
    private int _hash;

    private Version(string text, byte[] key, int length)
    {
        _text = text;
        _key = key;
        Length = length;
    }

    /// <summary>The version of an unversioned package, the smallest of all. Its text is empty.</summary>
    public static Version Empty { get; } = new("", [], 0);

    /// <summary>The end of an unbounded range, greater than every version: rez's <c>Version.inf</c>.</summary>
    public static Version Infinity { get; } = new("[INF]", VersionKey.Infinity, 0);

    /// <summary>Bytes that compare as the versions do: see <see cref="VersionKey"/>.</summary>
    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>The number of tokens; 0 for <see cref="Empty"/> and <see cref="Infinity"/>.</summary>
    /// <remarks>Corresponds to rez's <c>len(version)</c>.</remarks>
    public int Length { get; }

    /// <summary>Whether this is <see cref="Empty"/>.</summary>
    /// <remarks>Corresponds to rez's <c>not version</c>, which is also true for <see cref="Infinity"/>.</remarks>
    public bool IsEmpty => _key.Length == 0;

    /// <summary>The first token.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The version has no such token.</exception>
    /// <remarks>Corresponds to rez's <c>Version.major</c>.</remarks>
    public VersionToken Major => this[0];

    /// <summary>The second token.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The version has no such token.</exception>
    /// <remarks>Corresponds to rez's <c>Version.minor</c>.</remarks>
    public VersionToken Minor => this[1];

    /// <summary>The third token.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The version has no such token.</exception>
    /// <remarks>Corresponds to rez's <c>Version.patch</c>.</remarks>
    public VersionToken Patch => this[2];

    /// <summary>A token by index. <c>version[^1]</c> is the last one.</summary>
    /// <param name="index">The index, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version has no such token.</exception>
    /// <remarks>Corresponds to rez's <c>version[index]</c>.</remarks>
    public VersionToken this[int index] =>
        (uint)index < (uint)Length
            ? new(TokensFrom(index).Trim(1))
            : throw new ArgumentOutOfRangeException(nameof(index), index, "version token index out of range");

    /// <summary>Parses a version. The empty text is <see cref="Empty"/>.</summary>
    /// <param name="text">The version as people write it: <c>1.2.beta</c>.</param>
    /// <exception cref="VersionSyntaxException">The text is not a version.</exception>
    /// <remarks>Corresponds to rez's <c>Version(ver_str)</c>.</remarks>
    public static Version Parse(string text) =>
        TryParse(text, out Version? version) ? version : throw new VersionSyntaxException(SyntaxError(text));

    /// <summary>Tries to parse a version.</summary>
    /// <param name="text">The version as people write it.</param>
    /// <param name="version">The version; null if the text is not one.</param>
    [SkipLocalsInit] // only the part of the buffer that was written is read
    public static bool TryParse(string text, [NotNullWhen(true)] out Version? version)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            version = Empty;
            return true;
        }

        int maxLength = VersionKey.MaxLength(text.Length);
        Span<byte> key = maxLength <= StackLimit ? stackalloc byte[StackLimit] : new byte[maxLength];
        int length = VersionKey.Write(text, key, out int tokens);
        version = length < 0 ? null : new Version(text, key[..length].ToArray(), tokens);
        return version is not null;
    }

    /// <summary>
    /// The smallest version above this one and all that extend it: <c>1.2_</c> for <c>1.2</c>. The next version after
    /// <see cref="Empty"/> is <see cref="Infinity"/>.
    /// </summary>
    /// <remarks>Corresponds to rez's <c>Version.next</c>.</remarks>
    public Version Next() =>
        Length == 0 ? Infinity : new Version(_text + "_", VersionKey.Next(_key, char.IsAsciiDigit(_text[^1])), Length);

    /// <summary>The first tokens of this version, or the version itself if it has no more.</summary>
    /// <param name="length">The number of tokens. If negative, the number to leave out at the end, as in a Python
    /// slice.</param>
    /// <remarks>
    /// Corresponds to rez's <c>Version.trim</c>. <see cref="Infinity"/> is returned unchanged, where rez fails. For a
    /// negative length, the text that rez writes has fewer tokens than the version. Here the text has all of them.
    /// </remarks>
    public Version Trim(int length)
    {
        int count = SliceIndex(length);
        return count >= Length ? this : Parse(_text[..TextIndex(count, beforeSeparator: true)]);
    }

    /// <summary>
    /// The version without its first tokens. Comparing two such versions compares the tails of the token lists.
    /// </summary>
    /// <param name="start">The number of tokens to leave out. If negative, the number to keep, as in a Python
    /// slice.</param>
    /// <remarks>Corresponds to rez's <c>version.tokens[start:]</c>. <see cref="Infinity"/> is returned unchanged, where
    /// rez fails.</remarks>
    internal Version TokensFrom(int start)
    {
        int count = SliceIndex(start);
        return count == 0 ? this : Parse(_text[TextIndex(count, beforeSeparator: false)..]);
    }

    /// <summary>The texts of the tokens.</summary>
    /// <remarks>Corresponds to rez's <c>Version.as_tuple</c>.</remarks>
    public IReadOnlyList<string> AsTuple() => [.. Enumerable.Range(0, Length).Select(i => this[i].ToString())];

    /// <inheritdoc/>
    public int CompareTo(Version? other) => other is null ? 1 : Key.SequenceCompareTo(other.Key);

    /// <summary>Whether the two have the same tokens. The separators may differ.</summary>
    public bool Equals(Version? other) =>
        other is not null && (ReferenceEquals(this, other) || Key.SequenceEqual(other.Key));

    // F#'s operators need this.
    int IComparable.CompareTo(object? obj) =>
        obj is null or Version
            ? CompareTo((Version?)obj)
            : throw new ArgumentException("It is not a version.", nameof(obj));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Version);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            HashCode hash = default;
            hash.AddBytes(_key);
            _hash = hash.ToHashCode();
        }

        return _hash;
    }

    /// <summary>The version as it was written.</summary>
    public override string ToString() => _text;

    /// <summary>Whether the two have the same tokens.</summary>
    public static bool operator ==(Version? left, Version? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two differ in a token.</summary>
    public static bool operator !=(Version? left, Version? right) => !(left == right);

    /// <summary>Whether the left one comes before the right one.</summary>
    public static bool operator <(Version left, Version right) => Compare(left, right) < 0;

    /// <summary>Whether the left one does not come after the right one.</summary>
    public static bool operator <=(Version left, Version right) => Compare(left, right) <= 0;

    /// <summary>Whether the left one comes after the right one.</summary>
    public static bool operator >(Version left, Version right) => Compare(left, right) > 0;

    /// <summary>Whether the left one does not come before the right one.</summary>
    public static bool operator >=(Version left, Version right) => Compare(left, right) >= 0;

    private static int Compare(Version left, Version right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.CompareTo(right);
    }

    private static string SyntaxError(string text)
    {
        foreach (char c in text)
        {
            if (VersionKey.IsTokenCharacter(c))
            {
                return $"Invalid version syntax: '{text}'";
            }
        }

        return text; // rez's whole message if there is no token
    }

    private int SliceIndex(int index) => Math.Clamp(index < 0 ? Length + index : index, 0, Length);

    /// <summary>
    /// Where the given number of tokens ends in the text, before or after the separator that follows.
    /// </summary>
    private int TextIndex(int tokens, bool beforeSeparator)
    {
        int at = 0;
        for (int i = 0; i < tokens; i++)
        {
            at = i == 0 ? 0 : AfterSeparator(at);
            while (at < _text.Length && VersionKey.IsTokenCharacter(_text[at]))
            {
                at++;
            }
        }

        return beforeSeparator ? at : AfterSeparator(at);
    }

    private int AfterSeparator(int at)
    {
        while (at < _text.Length && !VersionKey.IsTokenCharacter(_text[at]))
        {
            at++;
        }

        return at;
    }
}
