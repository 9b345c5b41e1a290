using Rer.Tests.Cli;

namespace Rer.Tests.Documentation;

/// <summary>
/// Every command that the documentation shows works. Those of <c>rer</c> are run here; all others must stand in a script
/// that continuous integration runs. The examples in C# and F# are compiled and run by <c>tests/packages/run.sh</c>.
/// </summary>
public sealed class DocumentedCommandTests
{
    private static readonly string[] s_pages =
    [
        "README.md",
        "CONTRIBUTING.md",
        "data_set/README.md",
        "fast/README.md",
        "fast/Rer.Cli/README.md",
        "rez/README.md",
        "tests/README.md",
    ];

    private static readonly string[] s_rer = ["rer ", "dotnet run --project fast/Rer.Cli -c Release -- "];
    private static readonly string[] s_scripts =
    [
        ".ci/run",
        "tests/packages/run.sh",
        ".github/workflows/benchmarks.yml",
    ];

    public static TheoryData<string, string> Commands() =>
        [.. s_pages.SelectMany(Page.Commands).Select(command => (command.Page, command.Line)).Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_documented_command_works(string page, string line)
    {
        if (s_rer.FirstOrDefault(start => line.StartsWith(start, StringComparison.Ordinal)) is not { } start)
        {
            IsRunElsewhere(line).ShouldBeTrue($"no script of continuous integration runs '{line}' of {page}");
            return;
        }
        string[] arguments = [.. Split(line[start.Length..]).Select(InClone)];
        foreach (DocumentedCommand command in Page.Commands(page).Where(command => command.Line == line))
        {
            CliRun run = await CliRun.Of(arguments);
            run.ExitCode.ShouldBe(command.ExitCode, run.Error);
            if (command.Output is { } output)
                run.Output.ShouldBe(output);
        }
    }

    private static bool IsRunElsewhere(string line) =>
        s_scripts.Contains(line)
        || s_scripts.Any(script => File.ReadAllText(Path.Combine(DataSet.Root, script)).Contains(line));

    /// <summary>The words of a command, as a shell splits them; of its quotes only single ones.</summary>
    private static IEnumerable<string> Split(string line) =>
        line.Split('\'')
            .SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Files are named from the root of the clone, where readers are.</summary>
    private static string InClone(string argument) =>
        argument.StartsWith("data_set/", StringComparison.Ordinal) ? Path.Combine(DataSet.Root, argument) : argument;
}
