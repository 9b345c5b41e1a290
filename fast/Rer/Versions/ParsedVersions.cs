using System.Collections;

namespace Rer.Versions;

/// <summary>
/// The versions of a family as texts, from a repository that had to parse them. It shares the parsed versions with the
/// engine.
/// </summary>
/// <param name="texts">The texts.</param>
/// <param name="versions">The same versions, parsed.</param>
internal sealed class ParsedVersions(string[] texts, Version[] versions) : IReadOnlyList<string>
{
    /// <inheritdoc/>
    public int Count => texts.Length;

    /// <inheritdoc/>
    public string this[int index] => texts[index];

    /// <summary>A parsed version.</summary>
    internal Version Parsed(int index) => versions[index];

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)texts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => texts.GetEnumerator();
}
