using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Rer.Versions;

/// <summary>A name and a version: <c>foo-1.0</c>, or <c>foo</c> without one. Immutable.</summary>
/// <remarks>Corresponds to <c>rez.version.VersionedObject</c>.</remarks>
public sealed class VersionedObject : IEquatable<VersionedObject>
{
    private static readonly SearchValues<char> s_separators = SearchValues.Create("-@#");

    private readonly char _separator;

    private VersionedObject(string name, Version version, char separator)
    {
        Name = name;
        Version = version;
        _separator = separator;
    }

    /// <summary>The name. rez accepts any text here, including the empty text.</summary>
    /// <remarks>Corresponds to rez's <c>VersionedObject.name</c>.</remarks>
    public string Name { get; }

    /// <summary>The version; <see cref="Version.Empty"/> if there is none.</summary>
    /// <remarks>Corresponds to rez's <c>VersionedObject.version</c>.</remarks>
    public Version Version { get; }

    /// <summary>Parses a name and a version.</summary>
    /// <param name="text">A name and a version separated by <c>-</c>, <c>@</c> or <c>#</c>, or only a name.</param>
    /// <exception cref="VersionSyntaxException">The text after the first separator is not a version.</exception>
    /// <remarks>Corresponds to rez's <c>VersionedObject(s)</c>.</remarks>
    public static VersionedObject Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int end = text.AsSpan().IndexOfAny(s_separators);
        return end < 0 ? new(text, Version.Empty, '-') : new(text[..end], Version.Parse(text[(end + 1)..]), text[end]);
    }

    /// <summary>Tries to parse a name and a version.</summary>
    /// <param name="text">A name and a version, or only a name.</param>
    /// <param name="versioned">The result; null if the text is not valid.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionedObject? versioned)
    {
        try
        {
            versioned = Parse(text);
        }
        catch (VersionSyntaxException)
        {
            versioned = null;
        }

        return versioned is not null;
    }

    /// <summary>Creates a name with or without a version.</summary>
    /// <remarks>Corresponds to rez's <c>VersionedObject.construct</c>.</remarks>
    public static VersionedObject Construct(string name, Version? version = null) =>
        new(name, version ?? Version.Empty, '-');

    /// <summary>The text of a requirement for exactly this version: <c>foo==1.0</c>, or <c>foo</c>.</summary>
    /// <remarks>Corresponds to rez's <c>VersionedObject.as_exact_requirement</c>.</remarks>
    public string AsExactRequirement() => Version.IsEmpty ? Name : $"{Name}=={Version}";

    /// <summary>
    /// Whether name and version are the same. The separator does not count; it only affects how the object is shown.
    /// </summary>
    public bool Equals(VersionedObject? other) =>
        other is not null && Name == other.Name && Version.Equals(other.Version);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VersionedObject);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Version);

    /// <summary>The name and the version as they were written.</summary>
    public override string ToString() => Version.IsEmpty ? Name : $"{Name}{_separator}{Version}";

    /// <summary>Whether name and version are the same.</summary>
    public static bool operator ==(VersionedObject? left, VersionedObject? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether name or version differ.</summary>
    public static bool operator !=(VersionedObject? left, VersionedObject? right) => !(left == right);
}
