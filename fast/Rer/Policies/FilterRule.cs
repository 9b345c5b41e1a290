using Rer.Versions;

namespace Rer.Policies;

/// <summary>A rule that matches some packages.</summary>
/// <remarks>Answers to <c>rez.package_filter.Rule</c>.</remarks>
internal abstract class FilterRule
{
    /// <summary>The family that the rule is looked at for; null for all.</summary>
    public abstract string? Family { get; }

    /// <summary>How dear the rule is: cheaper ones are asked first.</summary>
    public virtual int Cost => 10;

    /// <summary>Whether the rule matches a package of its family.</summary>
    public abstract bool Matches(FilterCandidate package);

    /// <summary>Reads a rule: <c>label(text)</c>, or a text that is a glob if it has a star and else a range.</summary>
    /// <exception cref="PolicySyntaxException">It is none; the text is rez's.</exception>
    public static FilterRule Parse(string text)
    {
        (string? label, string content) = SplitLabel(text);
        label ??= content.Contains('*') ? "glob" : "range";
        if (label is not ("glob" or "regex" or "range" or "before" or "after"))
        {
            throw new PolicySyntaxException($"'{label}' is not a valid package filter type");
        }

        // rez puts the rule together and takes it apart again. A text with parentheses of its own does not come apart,
        // and the label stays on it.
        string whole = $"{label}({content})";
        content = SplitLabel(whole).Content;
        try
        {
            return label switch
            {
                "glob" => new PatternRule(content, GlobPattern.Parse(content)),
                "regex" => new PatternRule(content, RegexPattern.Parse(content)),
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

    /// <summary>Splits <c>label(content)</c>. Without a label, and with other parentheses, there is only content.</summary>
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
