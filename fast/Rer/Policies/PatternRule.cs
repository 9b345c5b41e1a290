namespace Rer.Policies;

/// <summary>Matches packages by their qualified name, with a glob or a regular expression.</summary>
/// <remarks>Answers to <c>rez.package_filter.GlobRule</c> and <c>RegexRule</c>.</remarks>
internal sealed class PatternRule(string text, NamePattern pattern) : FilterRule
{
    /// <inheritdoc/>
    public override string? Family { get; } = ExtractFamily(text);

    /// <inheritdoc/>
    public override bool Matches(FilterCandidate package) => pattern.Matches(package.QualifiedName);

    /// <summary>What stands before the last separator that stands before the first star or question mark.</summary>
    /// <remarks>
    /// Answers to rez's <c>_extract_family</c>, which knows nothing of sets: the family of <c>foo-[0-9].*</c> is
    /// <c>foo-[0</c>, and the rule matches nothing.
    /// </remarks>
    private static string? ExtractFamily(string text)
    {
        int wildcard = text.AsSpan().IndexOfAny('*', '?');
        int separator = text.AsSpan(0, wildcard < 0 ? text.Length : wildcard).LastIndexOfAny('-', '@', '#');
        return separator > 0 ? text[..separator] : null;
    }
}
