using System.CommandLine;
using System.CommandLine.Completions;
using Rer.Cli.Input;

namespace Rer.Cli.Commands;

/// <summary>
/// <c>rer complete</c>: called by the scripts of <c>rer completion</c>, not by people. Prints the completions of the
/// last word of a command line, one per line and unquoted, because quoting is left to the shell. Where a path is
/// expected, it prints <see cref="PathMark"/> and the part of the word before the path.
/// </summary>
internal sealed class CompleteCommand : Command
{
    /// <summary>Starts the line that leaves completion to the shell. No option or requirement starts with it.</summary>
    public const string PathMark = ":path:";

    /// <summary>Creates the command.</summary>
    /// <param name="terminal">Where to write.</param>
    /// <param name="parse">Parses a command line without running anything.</param>
    public CompleteCommand(Terminal terminal, Func<IReadOnlyList<string>, ParseResult> parse)
        : base("complete", "Prints the completions of a command line, one on each line.")
    {
        Hidden = true;
        var line = new Argument<string>("LINE") { Description = "The command line up to the cursor." };
        Add(line);
        SetAction(parsed =>
        {
            List<string> words = ShellWords.Split(parsed.GetRequiredValue(line));
            if (words.Count < 2)
            {
                return ExitCode.Solved;
            }
            words.RemoveAt(0);
            foreach (string completion in Of(parse(words), words))
            {
                terminal.Output.WriteLine(completion);
            }
            return ExitCode.Solved;
        });
    }

    private static IEnumerable<string> Of(ParseResult typed, List<string> words)
    {
        string word = words[^1];
        if (TypedPlace.PathIn(typed, words) is { } before)
        {
            return [PathMark + before];
        }
        IEnumerable<CompletionItem> items = TypedPlace.OptionBefore(typed, words) is { } option
            ? option.GetCompletions(typed.GetCompletionContext())
            : typed.GetCompletions();
        return items
            .Select(item => item.InsertText ?? item.Label)
            // The parser also offers completions that only contain the word.
            .Where(completion => completion.StartsWith(word, StringComparison.Ordinal))
            .Distinct();
    }
}
