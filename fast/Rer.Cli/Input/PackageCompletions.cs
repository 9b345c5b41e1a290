using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.RegularExpressions;

namespace Rer.Cli.Input;

/// <summary>What a shell offers for a requirement that is being typed: families, then versions.</summary>
/// <remarks>
/// A repository may contain anything, and a version may be any text without two adjacent separators. Only what a
/// requirement can name is offered. Anything else could not be typed, and a shell might execute some of it.
/// </remarks>
internal sealed partial class PackageCompletions(Func<ParseResult, OpenRepository> open)
{
    // An operator that starts with another one comes before it.
    private static readonly string[] s_operators = ["==", ">=", "<=", "=", ">", "<", "-", "@", "#"];

    /// <summary>The completions of the word at the cursor; none if the repository cannot be read.</summary>
    public IEnumerable<CompletionItem> Of(CompletionContext context)
    {
        string word = context.WordToComplete;
        if (word.StartsWith('.') || context.ParseResult is null)
        {
            return [];
        }
        try
        {
            using OpenRepository repository = open(context.ParseResult);
            return [.. Of(word, repository.Packages).Select(text => new CompletionItem(text))];
        }
        catch (Exception e) when (e is BadInputException or PackageDataException)
        {
            // A shell cannot show errors here. The command itself will report it.
            return [];
        }
    }

    private static IEnumerable<string> Of(string word, IPackageRepository repository)
    {
        string prefix = word is ['!' or '~', ..] ? word[..1] : "";
        string family = Names.FamilyOf(word);
        string separator = word[(prefix.Length + family.Length)..];
        if (separator.Length == 0)
        {
            return repository
                .GetFamilies()
                .Where(name => name.StartsWith(family, StringComparison.Ordinal) && FamilyPattern().IsMatch(name))
                .Order(CodePointComparer.Instance)
                .Select(name => prefix + name);
        }
        string typed = s_operators.First(text => separator.StartsWith(text, StringComparison.Ordinal));
        string version = separator[typed.Length..];
        string @operator = typed == "=" ? "==" : typed; // a single = is not an operator yet
        return repository
            .GetVersions(family)
            .Where(text => text.StartsWith(version, StringComparison.Ordinal) && VersionPattern().IsMatch(text))
            .Select(text => $"{prefix}{family}{@operator}{text}");
    }

    /// <summary><c>rez.utils.formatting.PACKAGE_NAME_REGEX</c>.</summary>
    [GeneratedRegex(@"^[a-zA-Z_0-9](\.?[a-zA-Z0-9_]+)*\z")]
    private static partial Regex FamilyPattern();

    /// <summary>A version as it may occur in rez's ranges (<c>version_group</c>).</summary>
    [GeneratedRegex(@"^[0-9a-zA-Z_]+([.-][0-9a-zA-Z_]+)*\z")]
    private static partial Regex VersionPattern();
}
