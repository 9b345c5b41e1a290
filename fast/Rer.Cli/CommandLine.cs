using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Rer.Cli.Commands;

namespace Rer.Cli;

/// <summary>The command <c>rer</c>: parses its arguments and runs one of its commands.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The arguments, without the name of the program.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="cancellationToken">Ends the command, as an interrupt does.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Terminal terminal,
        CancellationToken cancellationToken = default
    )
    {
        ParseResult parsed = Parse(arguments, terminal);
        if (parsed.Action is ParseErrorAction)
            return WriteParseError(parsed, terminal);

        try
        {
            var invocation = new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = parsed.CommandResult.Command is SolveCommand { EndsBySignal: true }
                    ? null
                    : TimeSpan.FromSeconds(2),
            };
            return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is BadInputException or PackageDataException)
        {
            terminal.WriteErrorLine($"rer: {exception.Message}", Styles.Critical);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            terminal.WriteErrorLine("rer: cancelled", Styles.Critical);
            return ExitCode.Cancelled;
        }
    }

    private static readonly (string Name, Func<Terminal, Command> Create)[] s_commands =
    [
        ("solve", terminal => new SolveCommand(terminal)),
        ("check", terminal => new CheckCommand(terminal)),
        ("explain", terminal => new ExplainCommand(terminal)),
        ("why", terminal => new WhyCommand(terminal)),
        ("bench", terminal => new BenchCommand(terminal)),
        ("fuzz", terminal => new FuzzCommand(terminal)),
        ("dataset", terminal => new DatasetCommand(terminal)),
        ("completion", terminal => new CompletionCommand(terminal)),
        ("complete", terminal => new CompleteCommand(terminal)),
    ];

    /// <summary>Reads arguments and runs nothing.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments, Terminal terminal) =>
        // `foo@1` is a requirement and `@file` might be a mistyped one: nothing is read from response files.
        CreateRoot(arguments, terminal).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>
    /// Not a <see cref="RootCommand"/>: that one is called after its executable, which is <c>rer</c> only where it is
    /// installed as a tool.
    /// </summary>
    /// <remarks>A command that is named stands alone: making the others takes longer than parsing its arguments.</remarks>
    internal static Command CreateRoot(IReadOnlyList<string> arguments, Terminal terminal)
    {
        var root = new Command(
            "rer",
            "Resolves rez requests with exactly the answers of rez 3.4.0, and shows how it comes to them."
        );
        string first = arguments.Count > 0 ? arguments[0] : "";
        bool named = s_commands.Any(command => command.Name == first);
        if (!named || arguments.Any(MayAskAboutItself))
        {
            // Their descriptions come out of resources, which takes as long as making a command.
            root.Add(new HelpOption("--help", "-h"));
            root.Add(new VersionOption());
        }
        foreach ((string name, Func<Terminal, Command> create) in s_commands)
        {
            if (!named || name == first)
                root.Add(create(terminal));
        }
        return root;
    }

    /// <summary>Whether an argument may be the option for help, by itself or among other letters, or for the version.</summary>
    private static bool MayAskAboutItself(string argument) =>
        argument is "--help" or "--version" || (argument is ['-', not '-', ..] && argument.Contains('h'));

    /// <summary>One line: the likeliest cause and where to read on.</summary>
    private static int WriteParseError(ParseResult parsed, Terminal terminal)
    {
        Command command = parsed.CommandResult.Command;
        string name = command.Parents.Any() ? $"rer {command.Name}" : "rer";
        string problem = parsed.UnmatchedTokens is [var token, ..]
            ? $"unrecognised argument '{token}'"
            : string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        terminal.WriteErrorLine($"rer: {problem.TrimEnd('.')}; see '{name} --help'", Styles.Critical);
        return ExitCode.BadInput;
    }
}
