using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Rer.Cli.Commands;
using Rer.Cli.Input;

namespace Rer.Cli;

/// <summary>The command <c>rer</c>: parses its arguments and runs one of its commands.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The arguments, without the name of the program.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="cancellationToken">Ends the command, as an interrupt does.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Terminal terminal,
        CancellationToken cancellationToken = default
    )
    {
        arguments = HelpFirst(arguments);
        return RunAsync(CreateRoot(arguments, terminal), arguments, terminal, cancellationToken);
    }

    /// <summary>Runs a command that may have subcommands. Any error is reported in one line.</summary>
    public static async Task<int> RunAsync(
        Command root,
        IReadOnlyList<string> arguments,
        Terminal terminal,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            ParseResult parsed = Parse(root, arguments);
            if (parsed.Action is ParseErrorAction)
            {
                terminal.WriteErrorLine($"{root.Name}: {ParseProblem.Describe(parsed)}", Styles.Critical);
                return ExitCode.BadInput;
            }
            if (ParseProblem.DescribeValues(parsed) is { } problem)
            {
                throw new BadInputException(problem);
            }
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
        catch (Exception exception)
        {
            (int exitCode, string text) = Problems.Describe(exception);
            return WriteProblem($"{root.Name}: {text}", terminal) ? exitCode : ExitCode.Broken;
        }
    }

    private static readonly (string Name, Func<Terminal, Command> Create)[] s_commands =
    [
        ("solve", terminal => new SolveCommand(terminal)),
        ("check", terminal => new CheckCommand(terminal)),
        ("explain", terminal => new ExplainCommand(terminal)),
        ("why", terminal => new WhyCommand(terminal)),
        ("diff", terminal => new DiffCommand(terminal)),
        ("impact", terminal => new ImpactCommand(terminal)),
        ("bisect", terminal => new BisectCommand(terminal)),
        ("audit", terminal => new AuditCommand(terminal)),
        ("dependents", terminal => new DependentsCommand(terminal)),
        ("bench", terminal => new BenchCommand(terminal)),
        ("index", terminal => new IndexCommand(terminal)),
        ("dataset", terminal => new DatasetCommand(terminal)),
        ("completion", terminal => new CompletionCommand(terminal)),
        ("manual", terminal => new ManualCommand(terminal, () => CreateRoot([], terminal))),
        ("complete", terminal => new CompleteCommand(terminal, words => Parse(CreateRoot([], terminal), words))),
    ];

    /// <summary>Parses arguments without running anything.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments, Terminal terminal) =>
        Parse(CreateRoot(arguments, terminal), arguments);

    /// <summary>Parses the arguments of a command without running anything.</summary>
    public static ParseResult Parse(Command root, IReadOnlyList<string> arguments) =>
        // Response files are disabled. `foo@1` is a requirement, and `@file` might be a mistyped one.
        root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>
    /// Creates the root command. It is not a <see cref="RootCommand"/>, which is named after its executable, and that
    /// is <c>rer</c> only if installed as a tool.
    /// </summary>
    /// <remarks>If the arguments name a command, only that one is created. Creating the others takes longer than
    /// parsing its arguments.</remarks>
    internal static Command CreateRoot(IReadOnlyList<string> arguments, Terminal terminal)
    {
        var root = new Command("rer", "Resolves requests exactly as rez 3.4.0 does, and explains the answers.");
        string first = arguments.Count > 0 ? arguments[0] : "";
        bool named = s_commands.Any(command => command.Name == first);
        if (!named || arguments.Any(MayBeHelpOrVersion))
        {
            // The descriptions of these options come from resources, and loading them takes as long as creating a
            // command.
            root.Add(new HelpOption("--help", "-h"));
            root.Add(new VersionOption());
        }
        foreach ((string name, Func<Terminal, Command> create) in s_commands)
        {
            if (named && name != first)
            {
                continue;
            }
            Command command = create(terminal);
            if (!named && arguments.Any(MayBeHelpOrVersion))
            {
                command.Description = FirstSentence(command.Description);
            }
            root.Add(command);
        }
        return root;
    }

    /// <summary>
    /// The first sentence of a description, for the list of commands. The help of the command itself shows the whole
    /// text.
    /// </summary>
    private static string? FirstSentence(string? description) => description?.Split(". ")[0].TrimEnd('.') + ".";

    /// <summary>Rewrites <c>rer help solve</c> to <c>rer solve --help</c>.</summary>
    private static IReadOnlyList<string> HelpFirst(IReadOnlyList<string> arguments) =>
        arguments.Count > 0 && arguments[0] == "help" ? [.. arguments.Skip(1), "--help"] : arguments;

    /// <summary>
    /// Whether an argument may be the option for help, by itself or combined with other letters, or the option for the
    /// version.
    /// </summary>
    private static bool MayBeHelpOrVersion(string argument) =>
        argument is "--help" or "--version" || (argument is ['-', not '-', ..] && argument.Contains('h'));

    /// <summary>Writes an error; false if that is not possible.</summary>
    private static bool WriteProblem(string problem, Terminal terminal)
    {
        try
        {
            terminal.WriteErrorLine(problem, Styles.Critical);
            return true;
        }
        catch (IOException)
        {
            return false; // the error stream is closed or full as well, so the exit code has to suffice
        }
    }
}
