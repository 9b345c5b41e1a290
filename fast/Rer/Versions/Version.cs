using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Rer.Versions;

/// <summary>
/// A package's version: tokens of letters, digits and underscores, with a character between each two of them. The
/// characters between are shown and otherwise mean nothing: <c>1-0</c> equals <c>1.0</c>. Immutable.
/// </summary>
/// <remarks>
/// Answers to <c>rez.version.Version</c>. A number may have any count of digits (Python refuses more than 4,300).
/// </remarks>
internal sealed class Version : IComparable<Version>, IEquatable<Version>
{
    // Keys up to this length are built on the stack.
    private const int StackLimit = 512;

    private readonly string _text;
    private readonly byte[] _key;
    private int _hash;

    private Version(string text, byte[] key, int tokenCount)
    {
        _text = text;
        _key = key;
        TokenCount = tokenCount;
    }

    /// <summary>The version of an unversioned package, the smallest of all. Its text is empty.</summary>
    public static Version Empty { get; } = new("", [], 0);

    /// <summary>What an unbounded range ends at, greater than every version: rez's <c>Version.inf</c>.</summary>
    public static Version Infinity { get; } = new("[INF]", VersionKey.Infinity, 0);

    /// <summary>The bytes that compare as the version does; see <see cref="VersionKey"/>.</summary>
    public ReadOnlySpan<byte> Key => _key;

    /// <summary>The number of tokens; 0 for <see cref="Empty"/> and <see cref="Infinity"/>.</summary>
    public int TokenCount { get; }

    /// <summary>Whether this is <see cref="Empty"/>.</summary>
    public bool IsEmpty => _key.Length == 0;

    /// <summary>Reads a version. The empty text is <see cref="Empty"/>.</summary>
    /// <exception cref="VersionSyntaxException">The text is no version.</exception>
    public static Version Parse(string text) =>
        TryParse(text, out Version? version) ? version : throw new VersionSyntaxException(SyntaxError(text));

    /// <summary>Reads a version, if the text is one.</summary>
    [SkipLocalsInit] // of the buffer only what was written is read
    public static bool TryParse(string text, [NotNullWhen(true)] out Version? version)
    {
        if (text.Length == 0)
        {
            version = Empty;
            return true;
        }

        int maxLength = VersionKey.MaxLength(text.Length);
        Span<byte> key = maxLength <= StackLimit ? stackalloc byte[StackLimit] : new byte[maxLength];
        int length = VersionKey.Write(text, key, out int tokenCount);
        version = length < 0 ? null : new Version(text, key[..length].ToArray(), tokenCount);
        return version is not null;
    }

    /// <summary>
    /// The smallest version above this one and all that extend it: <c>1.2_</c> for <c>1.2</c>. That of
    /// <see cref="Empty"/> is <see cref="Infinity"/>.
    /// </summary>
    /// <remarks>Answers to rez's <c>Version.next</c>.</remarks>
    public Version Next() =>
        TokenCount == 0
            ? Infinity
            : new Version(_text + "_", VersionKey.Next(_key, char.IsAsciiDigit(_text[^1])), TokenCount);

    /// <summary>The first tokens of this version, or the version itself if it has no more.</summary>
    /// <param name="length">How many; if negative, how many to leave out at the end, as Python slices.</param>
    /// <remarks>Answers to rez's <c>Version.trim</c>. <see cref="Infinity"/>, where rez fails, stays itself.</remarks>
    public Version Trim(int length)
    {
        int count = SliceIndex(length);
        return count >= TokenCount ? this : Parse(_text[..TextIndex(count, beforeSeparator: true)]);
    }

    /// <summary>The version without its first tokens: comparing these is comparing the tails of the token lists.</summary>
    /// <param name="start">How many to leave out; if negative, how many to keep, as Python slices.</param>
    /// <remarks>Answers to rez's <c>version.tokens[start:]</c>. <see cref="Infinity"/>, where rez fails, stays itself.</remarks>
    public Version TokensFrom(int start)
    {
        int count = SliceIndex(start);
        return count == 0 ? this : Parse(_text[TextIndex(count, beforeSeparator: false)..]);
    }

    /// <inheritdoc/>
    public int CompareTo(Version? other) => other is null ? 1 : Key.SequenceCompareTo(other.Key);

    /// <summary>Whether the two have the same tokens.</summary>
    public bool Equals(Version? other) =>
        other is not null && (ReferenceEquals(this, other) || Key.SequenceEqual(other.Key));

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

    private static string SyntaxError(string text)
    {
        foreach (char c in text)
        {
            if (VersionKey.IsTokenCharacter(c))
            {
                return $"Invalid version syntax: '{text}'";
            }
        }

        return text; // all that rez says of a text without a single token
    }

    private int SliceIndex(int index) => Math.Clamp(index < 0 ? TokenCount + index : index, 0, TokenCount);

    /// <summary>Where in the text the given number of tokens ends, before or after the separator that follows.</summary>
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
