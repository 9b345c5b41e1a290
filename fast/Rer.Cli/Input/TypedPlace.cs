using System.CommandLine;
using System.CommandLine.Parsing;

namespace Rer.Cli.Input;

/// <summary>
/// What is being typed at the end of a command line: the value of an option, or a path, which a shell completes better.
/// </summary>
internal static class TypedPlace
{
    // The names of such values in the help.
    private static readonly string[] s_paths = ["FILE", "DIR", "PATHS", "BOOK", "PYTHON"];

    /// <summary>
    /// The part of the last word before the path, such as <c>--cache=</c>, or the preceding directories in a list; null
    /// if no path is expected.
    /// </summary>
    /// <param name="typed">The command line.</param>
    /// <param name="words">Its words.</param>
    public static string? PathIn(ParseResult typed, IReadOnlyList<string> words)
    {
        string word = words[^1];
        Command command = typed.CommandResult.Command;
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        if (word.StartsWith('-'))
        {
            return equals > 0 && IsPath(Named(command, word[..equals])) ? word[..(equals + 1)] : null;
        }
        if (OptionBefore(typed, words) is { } option)
        {
            return IsPath(option) ? Before(option.HelpName, word) : null;
        }
        return command.Arguments.Any(argument => s_paths.Contains(argument.HelpName ?? argument.Name)) ? "" : null;
    }

    /// <summary>The option whose value is the last word; null if there is none.</summary>
    public static Option? OptionBefore(ParseResult typed, IReadOnlyList<string> words) =>
        words.Count > 1 && Named(typed.CommandResult.Command, words[^2]) is { Arity.MaximumNumberOfValues: > 0 } option
            ? option
            : null;

    /// <summary>
    /// The option or argument that expects a file and was given an empty name, for example by an unset variable.
    /// </summary>
    public static string? FileWithoutName(ParseResult typed)
    {
        foreach (SymbolResult result in typed.CommandResult.Children)
        {
            (string name, string? kind) = result switch
            {
                OptionResult { Option: var option } => (option.Name, option.HelpName),
                ArgumentResult { Argument: var argument } => (argument.Name, argument.HelpName ?? argument.Name),
                _ => ("", null),
            };
            if (IsFile(kind) && result.Tokens.Any(token => token.Value.AsSpan().Trim('\0').IsEmpty))
            {
                return name;
            }
        }
        return null;
    }

    private static bool IsFile(string? kind) => kind?.Split('|').Any(part => part is "FILE" or "BOOK") ?? false;

    /// <summary>A list of paths continues after its last separator.</summary>
    private static string Before(string? kind, string word) =>
        kind == "PATHS" ? word[..(word.LastIndexOf(Path.PathSeparator) + 1)] : "";

    private static bool IsPath(Option? option) => s_paths.Contains(option?.HelpName);

    private static Option? Named(Command command, string name) =>
        command.Options.FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));
}
