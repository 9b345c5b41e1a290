using Rer.Cli;
using Rer.Tests.Cli;

namespace Rer.Tests.Documentation;

/// <summary>
/// Every command shown in the documentation works. Those of <c>rer</c> are run here, and others by a script of
/// continuous integration. For the few that neither can run, files and options are checked.
/// </summary>
public sealed class DocumentedCommandTests
{
    private static readonly string[] s_rer = ["rer ", "dotnet run --project fast/Rer.Cli -c Release -- "];

    private const string Module = "python -m pyrer.";

    private static readonly string[] s_scripts =
    [
        ".ci/run",
        ".ci/pack",
        "tests/packages/run.sh",
        "tests/packages/native.sh",
        "tests/packages/examples.sh",
        "fast/pyrer/tests/test_readme.py",
        ".github/workflows/benchmarks.yml",
    ];

    /// <summary>Commands that are not run anywhere, and why.</summary>
    private static readonly Dictionary<string, string> s_byHand = new()
    {
        ["rer bench --workload rez --passes 60 --engine fast --rez-python python3.13"] = "needs a rez, and minutes",
        ["rer bench --workload studio --passes 60 --engine fast --rez-python python3.13"] = "needs a rez",
        ["rer index update /software/packages"] = "the packages are a reader's own",
        ["rer index update /software/packages /software/internal"] = "the packages are a reader's own",
        ["rer index status /software/packages"] = "the packages are a reader's own",
        ["rer index verify /software/packages"] = "the packages are a reader's own",
        ["rer dataset fetch"] = "needs a network",
        ["rer impact ~/shows/contexts --paths /software/packages --add build/packages --fail-on newly-failing"] =
            "the packages are a reader's own",
        ["rer solve --paths ~/packages maya usd --output shot.rxt"] = "the packages are a reader's own",
        ["rer bisect --paths /software/packages maya usd --good -30d"] = "the packages are a reader's own",
        ["rer solve --input shot.rxt"] = "the context is a reader's own",
        ["rer diff shot.rxt yesterday.rxt"] = "the contexts are a reader's own",
        [
            "rer solve --paths ~/packages:~/.rez/packages/int --cache ~/.cache/rer --python python3 --config ~/.rezconfig.yaml maya"
        ] = "the files are a reader's own",
        [
            "rer bench --workload rez --paths packages --index published --round-trip 1 --rez-python python3.13 --html bench.html"
        ] = "needs a rez",
        ["dotnet run --project props/Rer.Fuzz -c Release -- --seconds 600"] = "takes ten minutes",
        ["dotnet run -c Release --project tests/Rer.Benchmarks -- --wide LiveWindow"] = "takes a minute",
        ["python rez/record_book.py new studio.json.gz --requests requests.txt"] = "needs a rez",
        ["dotnet run --project fast/Rer.Cli -c Release -- check studio.json.gz"] = "checks what the line above records",
        ["dotnet run --project fast/Rer.Cli -c Release -- dataset fetch"] = "needs a network",
        ["dotnet run --project props/Rer.Props -c Release"] = "takes minutes; `dotnet test` runs the same tests",
        ["dotnet run --project props/Rer.Props -c Release -- -class Rer.Props.AgreementTests -showliveoutput"] =
            "`dotnet test` runs the same tests",
        [
            "RER_DEFINITIONS=20000 RER_DEFINITIONS_SEED=1 dotnet run --project props/Rer.Props -c Release -- -method \"Rer.Props.DefinitionTests.Definitions are read as a real rez reads them\" -showliveoutput"
        ] = "needs a rez, and a minute",
        ["python3 fast/pyrer/run_rez_tests.py"] = "needs a rez; with one, run_tests.py runs it",
        ["dotnet publish fast/Rer.Native -c Release -r linux-x64"] = "build_wheel.py runs it with a folder for output",
    };

    public static TheoryData<string, string> Commands() =>
        [.. Page.All.SelectMany(Page.Commands).Select(command => (command.Page, command.Line)).Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_documented_command_works(string page, string line)
    {
        string? rer = s_rer.FirstOrDefault(start => line.StartsWith(start, StringComparison.Ordinal));
        if (s_byHand.ContainsKey(line))
        {
            ShouldBeRunnable(line, rer);
        }
        else if (line.StartsWith(Module, StringComparison.Ordinal))
        {
            ShouldBeScriptOfPyrer(line);
        }
        else if (rer is null)
        {
            IsRunElsewhere(line).ShouldBeTrue($"no script of continuous integration runs '{line}' of {page}");
        }
        else
        {
            await ShouldWork(page, line, [.. Split(line[rer.Length..]).SelectMany(InClone)]);
        }
    }

    [Fact]
    public void Every_command_of_rer_is_on_its_page()
    {
        IEnumerable<string> documented = Page.Commands("fast/Rer.Cli/README.md").Select(command => command.Line);
        using var terminal = new StringWriter();
        CommandLine
            .Parse([], new Terminal(terminal, terminal))
            .RootCommandResult.Command.Subcommands.Where(command => !command.Hidden)
            .Select(command => command.Name)
            .ShouldBeSubsetOf(
                documented
                    .Where(line => line.StartsWith("rer ", StringComparison.Ordinal))
                    .Select(line => line.Split(' ')[1])
            );
    }

    [Fact]
    public void What_is_not_run_is_documented() =>
        s_byHand.Keys.Except(Page.All.SelectMany(Page.Commands).Select(command => command.Line)).ShouldBeEmpty();

    private static async Task ShouldWork(string page, string line, string[] arguments)
    {
        foreach (DocumentedCommand command in Page.Commands(page).Where(command => command.Line == line))
        {
            CliRun run = await CliRun.Of(arguments);
            run.ExitCode.ShouldBe(command.ExitCode, run.Error);
            if (command.Output is { } output)
            {
                run.Output.ShouldBe(output);
            }
        }
    }

    /// <summary>
    /// Arguments of <c>rer</c> can be parsed. For other commands, files exist, and a Python script has the options.
    /// </summary>
    private static void ShouldBeRunnable(string line, string? rer)
    {
        if (rer is not null)
        {
            var terminal = new Terminal(TextWriter.Null, TextWriter.Null);
            CommandLine.Parse([.. Split(line[rer.Length..])], terminal).Errors.ShouldBeEmpty();
            return;
        }
        string[] words = [.. Split(line)];
        string[] paths = [.. words.Where(word => word.Contains('/')).Select(word => Path.Combine(DataSet.Root, word))];
        paths.ShouldNotBeEmpty();
        paths.ShouldAllBe(path => File.Exists(path) || Directory.Exists(path));
        if (paths.FirstOrDefault(path => path.EndsWith(".py", StringComparison.Ordinal)) is { } script)
        {
            string text = File.ReadAllText(script);
            words
                .Where(word => word.StartsWith("--", StringComparison.Ordinal))
                .ShouldAllBe(option => text.Contains($"\"{option}\""));
        }
    }

    /// <summary>
    /// A script of the Python package exists, has the options, and is run by the package's own tests.
    /// </summary>
    private static void ShouldBeScriptOfPyrer(string line)
    {
        string[] words = [.. Split(line[Module.Length..])];
        string package = Path.Combine(DataSet.Root, "fast", "pyrer");
        string script = File.ReadAllText(Path.Combine(package, "pyrer", words[0] + ".py"));
        words
            .Where(word => word.StartsWith("--", StringComparison.Ordinal))
            .ShouldAllBe(option => script.Contains($"\"{option}\""));
        File.ReadAllText(Path.Combine(package, "tests", "test_scripts.py")).ShouldContain($"\"{words[0]}\"");
    }

    private static bool IsRunElsewhere(string line) =>
        s_scripts.Contains(line)
        || s_scripts.Any(script => File.ReadAllText(Path.Combine(DataSet.Root, script)).Contains(line));

    /// <summary>Splits a command into words as a shell does. Only single quotes are supported.</summary>
    private static IEnumerable<string> Split(string line) =>
        line.Split('\'')
            .SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Files are named from the root of the clone, where readers are. A pattern may match several.</summary>
    private static string[] InClone(string argument)
    {
        if (
            !argument.StartsWith("data_set/", StringComparison.Ordinal)
            && !argument.StartsWith("reference/", StringComparison.Ordinal)
        )
        {
            return [argument];
        }
        string path = Path.Combine(DataSet.Root, argument);
        return path.Contains('*') ? Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path)) : [path];
    }
}
