using Rer.Versions;

namespace Rer.Policies;

/// <summary>A rule that matches some packages.</summary>
/// <remarks>Corresponds to <c>rez.package_filter.Rule</c>.</remarks>
internal abstract class FilterRule
{
    /// <summary>The family that the rule applies to; null for all.</summary>
    public abstract string? Family { get; }

    /// <summary>How expensive the rule is. Cheaper rules are tried first.</summary>
    public virtual int Cost => 10;

    /// <summary>Whether the rule matches a package of its family.</summary>
    public abstract bool Matches(FilterCandidate package);

    /// <summary>The rule as rez writes it, such as <c>range(foo-5+)</c>.</summary>
    public abstract override string ToString();

    /// <summary>
    /// Parses a rule: <c>label(text)</c>, or a plain text, which is a glob if it contains a star and a range otherwise.
    /// </summary>
    /// <exception cref="PolicySyntaxException">The text is not a rule. The message is rez's.</exception>
    public static FilterRule Parse(string text)
    {
        (string? label, string content) = SplitLabel(text);
        label ??= content.Contains('*') ? "glob" : "range";
        if (label is not ("glob" or "regex" or "range" or "before" or "after"))
        {
            throw new PolicySyntaxException($"'{label}' is not a valid package filter type");
        }

        // rez joins label and content and splits them again. If the content has parentheses of its own, the split fails
        // and the label stays part of it.
        string whole = $"{label}({content})";
        content = SplitLabel(whole).Content;
        try
        {
            return label switch
            {
                "glob" => new PatternRule(label, content, GlobPattern.Parse(content)),
                "regex" => new PatternRule(label, content, RegexPattern.Parse(content)),
                "range" => new RangeRule(Requirement.Parse(content)),
                _ => TimestampRule.Parse(content, after: label == "after"),
            };
        }
        catch (VersionSyntaxException error)
        {
            throw ParseError(whole, $"VersionError: {error.Message}");
        }
        catch (PolicySyntaxException error)
        {
            throw ParseError(whole, error.Message);
        }
    }

    private static PolicySyntaxException ParseError(string rule, string error) =>
        new($"Error parsing package filter '{rule}': {error}");

    /// <summary>
    /// Splits <c>label(content)</c>. Without a label, or with other parentheses, there is only content.
    /// </summary>
    private static (string? Label, string Content) SplitLabel(string text)
    {
        // Python's `$` matches before a final newline too.
        string rule = text is [.., '\n'] ? text[..^1] : text;
        int open = rule.IndexOf('(');
        if (open <= 0 || rule.Length < open + 3 || rule[^1] != ')')
        {
            return (null, text);
        }

        string content = rule[(open + 1)..^1];
        return content.AsSpan().ContainsAny('(', ')') ? (null, text) : (rule[..open], content);
    }
}
