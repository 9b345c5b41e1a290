using System.CommandLine;
using System.CommandLine.Completions;

namespace Rer.Cli.Commands;

/// <summary><c>rer complete</c>: what the scripts of <c>rer completion</c> ask. Not for people.</summary>
internal sealed class CompleteCommand : Command
{
    public CompleteCommand(Terminal terminal)
        : base("complete", "Prints the completions of a command line, one on a line.")
    {
        Hidden = true;
        var line = new Argument<string>("LINE") { Description = "The command line up to the cursor." };
        Add(line);
        SetAction(parsed =>
        {
            string text = parsed.GetRequiredValue(line);
            int program = text.IndexOf(' ', StringComparison.Ordinal);
            if (program < 0)
                return ExitCode.Solved;
            string arguments = text[program..];
            ParseResult typed = CommandLine.CreateRoot([], terminal).Parse(arguments);
            string word = arguments[(arguments.LastIndexOf(' ') + 1)..];
            foreach (CompletionItem item in typed.GetCompletions(arguments.Length))
            {
                // The parser also offers what merely contains the word.
                string completion = item.InsertText ?? item.Label;
                if (completion.StartsWith(word, StringComparison.Ordinal))
                    terminal.Output.WriteLine(completion);
            }
            return ExitCode.Solved;
        });
    }
}
