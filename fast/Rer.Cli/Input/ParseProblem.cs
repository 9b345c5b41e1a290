using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Rer.Cli.Input;

/// <summary>
/// Describes arguments that cannot be parsed in one line: the likeliest cause, and where to find help.
/// </summary>
internal static partial class ParseProblem
{
    /// <summary>The line, without the name of the program.</summary>
    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        return $"{ProblemOf(parsed, command).TrimEnd('.')}; see '{NameOf(parsed.CommandResult)} --help'";
    }

    /// <summary>The message for a missing request.</summary>
    public static string NoRequest(CommandResult result) =>
        SwallowingOption(result) is { } option
            ? Swallowed("REQUEST", option)
            : "no REQUEST given; name requirements, or a context with --input";

    private static string ProblemOf(ParseResult parsed, Command command)
    {
        if (parsed.UnmatchedTokens is [var token, ..])
        {
            return Unknown(token, command);
        }
        if (SwallowingOption(parsed, command) is { } option)
        {
            return Swallowed(Missing(command), option);
        }
        string message = Blanks().Replace(parsed.Errors[0].Message, " ");
        // The parser shows the names of .NET types.
        return TypeName()
            .Replace(
                message,
                type =>
                    type.Groups[1].Value switch
                    {
                        "Int32" or "Int64" or "UInt64" => ": it is not a whole number within bounds",
                        "Double" => ": it is not a number",
                        _ => "",
                    }
            );
    }

    /// <summary>What is wrong with arguments that can be parsed but not used; null for nothing.</summary>
    public static string? DescribeValues(ParseResult parsed) =>
        TypedPlace.FileWithoutName(parsed) is { } name ? $"{name}: the file name is empty" : null;

    /// <summary>Refuses values that start with a dash. No valid value does, so each is an unknown option.</summary>
    public static void RefuseOptions(Argument argument) =>
        argument.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
            {
                result.AddError(UnknownOption(token.Value, ((CommandResult)result.Parent!).Command));
            }
        });

    private static string UnknownOption(string token, Command command) =>
        $"unrecognised option '{token}'"
        + Guess(token, command.Options.SelectMany(option => option.Aliases.Append(option.Name)));

    private static string Guess(string token, IEnumerable<string> known) =>
        Spelling.Nearest(token.Split('=')[0], known) is { } near ? $" (did you mean '{near}'?)" : "";

    private static string Unknown(string token, Command command)
    {
        if (token.StartsWith('-'))
        {
            return UnknownOption(token, command);
        }
        string kind = command.Subcommands.Count > 0 ? "command" : "argument";
        return $"unrecognised {kind} '{token}'"
            + Guess(token, command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name));
    }

    /// <summary>
    /// The option that consumed the arguments that the command lacks. As in rez, a list of rules continues until the
    /// next option.
    /// </summary>
    private static Option? SwallowingOption(ParseResult parsed, Command command) =>
        command.Arguments.Any(argument => argument.Arity.MinimumNumberOfValues > 0)
        && parsed.CommandResult.Children.OfType<ArgumentResult>().All(argument => argument.Tokens.Count == 0)
            ? SwallowingOption(parsed.CommandResult)
            : null;

    private static Option? SwallowingOption(CommandResult result) =>
        result.Command.Options.FirstOrDefault(option =>
            option.AllowMultipleArgumentsPerToken && result.GetResult(option) is { Tokens.Count: > 1 }
        );

    private static string Swallowed(string missing, Option option) =>
        $"no {missing} given; {option.Name} takes everything after it. Put {option.Name} last, or put '--' after its values";

    private static string Missing(Command command) =>
        command.Arguments.First(argument => argument.Arity.MinimumNumberOfValues > 0).Name;

    private static string NameOf(SymbolResult? result)
    {
        List<string> names = [];
        for (; result is CommandResult command; result = command.Parent)
        {
            names.Insert(0, command.Command.Name);
        }
        return string.Join(' ', names);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@" as expected type '(?:System\.)?(\w+)[^']*'\.?")]
    private static partial Regex TypeName();
}
