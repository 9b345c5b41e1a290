namespace Rer.Policies;

/// <summary>Matches packages by their qualified name, with a glob or a regular expression.</summary>
/// <remarks>Corresponds to <c>rez.package_filter.GlobRule</c> and <c>RegexRule</c>.</remarks>
internal sealed class PatternRule(string label, string text, NamePattern pattern) : FilterRule
{
    /// <inheritdoc/>
    public override string? Family { get; } = ExtractFamily(text);

    /// <inheritdoc/>
    public override bool Matches(FilterCandidate package) => pattern.Matches(package.QualifiedName);

    /// <inheritdoc/>
    public override string ToString() => $"{label}({text})";

    /// <summary>The text before the last separator that precedes the first star or question mark.</summary>
    /// <remarks>
    /// Corresponds to rez's <c>_extract_family</c>, which does not understand sets. It takes the family of
    /// <c>foo-[0-9].*</c> to be <c>foo-[0</c>, so the rule matches nothing.
    /// </remarks>
    private static string? ExtractFamily(string text)
    {
        int wildcard = text.AsSpan().IndexOfAny('*', '?');
        int separator = text.AsSpan(0, wildcard < 0 ? text.Length : wildcard).LastIndexOfAny('-', '@', '#');
        return separator > 0 ? text[..separator] : null;
    }
}
