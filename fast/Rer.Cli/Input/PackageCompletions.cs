using System.CommandLine;
using System.CommandLine.Completions;
using Rer.Cli.Rendering;

namespace Rer.Cli.Input;

/// <summary>What a shell offers for a requirement that is being typed: families, then versions.</summary>
internal sealed class PackageCompletions(Func<ParseResult, OpenRepository> open)
{
    /// <summary>The completions of the word at the cursor; none where the repository cannot be read.</summary>
    public IEnumerable<CompletionItem> Of(CompletionContext context)
    {
        string word = context.WordToComplete;
        if (word.StartsWith('.') || context.ParseResult is null)
            return [];
        try
        {
            using OpenRepository repository = open(context.ParseResult);
            return [.. Of(word, repository.Packages).Select(text => new CompletionItem(text))];
        }
        catch (Exception e) when (e is BadInputException or PackageDataException)
        {
            // A shell has no place for errors; the command itself will tell.
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
                .Where(name => name.StartsWith(family, StringComparison.Ordinal))
                .Order(CodePointComparer.Instance)
                .Select(name => prefix + name);
        }
        string @operator = separator.StartsWith("==", StringComparison.Ordinal) ? "==" : separator[..1];
        string version = separator[@operator.Length..];
        return repository
            .GetVersions(family)
            .Where(text => text.Length > 0 && text.StartsWith(version, StringComparison.Ordinal))
            .Select(text => $"{prefix}{family}{@operator}{text}");
    }
}
