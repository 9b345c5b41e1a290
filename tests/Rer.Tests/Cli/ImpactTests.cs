using System.Text.Json.Nodes;

namespace Rer.Tests.Cli;

/// <summary>The effect of a change on requests.</summary>
public sealed class ImpactTests : IDisposable
{
    private readonly ImpactTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task A_removed_version_is_reported_by_package_and_by_request()
    {
        CliRun run = await _tree.Run("--remove", "maya-2025", "--fail-on", "newly-failing");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldBe("");
        string requests = _tree.PathOf("requests.txt");
        run.Output.ShouldBe(
            $"""
            4 requests: 2 unchanged, 1 changed, 1 newly failing, 0 newly solving

            changed packages, by the number of requests:
                 1  maya-2025 -> maya-2024  older  (maya-2025 no longer exists)
                 1  python-3.11 -> python-3.10  older  (required by maya-2024: python-3.10; required by usd-1[0]: python-3.10)
                 1  usd-1[1] -> usd-1[0]  other variant

            newly failing, 1 request: Package could not be found: maya-2025
              these contradict each other:
                tool (requested)
                maya-2025 (required by tool)
              {requests}, line 4: tool

            """
        );
    }

    [Theory]
    [InlineData("--remove python-3.11", 2, 1, 1, 0)]
    [InlineData("--remove usd", 2, 0, 2, 0)]
    [InlineData("--remove python-3.12+|3.11", 2, 1, 1, 0)]
    [InlineData("--after 25", 2, 1, 1, 0)]
    [InlineData("--before 25", 2, 1, 0, 1)]
    [InlineData("--before 5 --after 15", 2, 0, 0, 2)]
    [InlineData("--after-paths {tree}/nothing", 1, 0, 3, 0)]
    [InlineData("--after-config {tree}/after.yaml", 2, 1, 1, 0)]
    [InlineData("--add {tree}/added", 1, 2, 0, 1)]
    [InlineData("--add {tree}/added --remove maya-2025", 1, 1, 1, 1)]
    public async Task There_are_many_kinds_of_changes(
        string change,
        int unchanged,
        int changed,
        int failing,
        int solving
    )
    {
        _tree.Write("after.yaml", "package_filter: [{excludes: [maya-2025]}]\n");
        _tree.Write("added/usd/2/package.py", "name = 'usd'\nversion = '2'\nrequires = ['python-3.11']\n");
        _tree.Write("added/maya/2023/package.py", "name = 'maya'\nversion = '2023'\n");

        CliRun run = await _tree.Run(["--format", "json", .. change.Replace("{tree}", _tree.Root).Split(' ')]);

        run.ExitCode.ShouldBe(0, run.Error);
        JsonNode summary = JsonNode.Parse(run.Output)!["summary"]!;
        int Count(string kind) => summary[kind]!.GetValue<int>();
        (Count("unchanged"), Count("changed"), Count("newly-failing"), Count("newly-solving")).ShouldBe(
            (unchanged, changed, failing, solving),
            run.Output
        );
    }

    /// <summary>A solve ended by a limit proves nothing: it is neither a failure nor the same as another one.</summary>
    [Fact]
    public async Task A_solve_ended_by_a_limit_is_undecided()
    {
        _tree.Write("requests.txt", "maya-2024 python-3.11\nusd\n");

        CliRun run = await _tree.Run("--remove", "maya-2025", "--max-fails", "1", "--fail-on", "newly-failing");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe(
            $"""
            2 requests: 1 unchanged, 0 changed, 0 newly failing, 0 newly solving, 1 undecided

            undecided, after too many failed steps:
              {_tree.PathOf("requests.txt")}, line 1: maya-2024 python-3.11

            """
        );
        (await _tree.Run("--remove", "maya-2025", "--max-fails", "1", "--fail-on", "any-change")).ExitCode.ShouldBe(1);
        (await _tree.Run("--remove", "maya-2025")).Output.ShouldStartWith("2 requests: 2 unchanged");
    }

    [Fact]
    public async Task Review_tools_read_what_changes_and_where_the_request_is()
    {
        CliRun run = await _tree.Run("--remove", "maya-2025", "--format", "sarif");

        JsonNode log = JsonNode.Parse(run.Output)!["runs"]![0]!;
        string[] rules =
        [
            .. log["tool"]!["driver"]!["rules"]!.AsArray().Select(rule => rule!["id"]!.GetValue<string>()),
        ];
        rules.ShouldBe(["newly-failing", "undecided", "changed", "newly-solving"]);
        JsonArray results = log["results"]!.AsArray();
        results
            .Select(result => $"{result!["ruleId"]} {result["level"]} {result["message"]!["text"]}")
            .ShouldBe([
                "newly-failing error tool: Package could not be found: maya-2025 (tool (requested); maya-2025 (required by tool))",
                "changed note maya usd: python-3.11 -> python-3.10, maya-2025 -> maya-2024, usd-1[1] -> usd-1[0]",
            ]);
        JsonNode place = results[0]!["locations"]![0]!["physicalLocation"]!;
        new Uri(place["artifactLocation"]!["uri"]!.GetValue<string>()).LocalPath.ShouldBe(_tree.PathOf("requests.txt"));
        place["region"]!["startLine"]!.GetValue<int>().ShouldBe(4);
        results[0]!["partialFingerprints"]!["rer/v1"]!.GetValue<string>().ShouldBe("newly-failing:tool");
    }

    [Fact]
    public async Task Contexts_are_requests_and_a_directory_holds_many()
    {
        Directory.CreateDirectory(_tree.PathOf("shots/010"));
        string[] solve = ["solve", "--paths", _tree.Packages, "--no-implicit"];
        await CliRun.Of([.. solve, "maya", "--output", _tree.PathOf("shots/010/a.rxt")]);
        await CliRun.Of([.. solve, "usd", "--output", _tree.PathOf("shots/b.rxt")]);

        CliRun run = await CliRun.Of([
            "impact",
            "--paths",
            _tree.Packages,
            _tree.PathOf("shots"),
            "--remove",
            "maya-2025",
            "--fail-on",
            "any-change",
        ]);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldStartWith("2 requests: 1 unchanged, 1 changed, 0 newly failing, 0 newly solving\n");
    }

    [Theory]
    [InlineData("--remove nuke-1", "'nuke-1' cannot be removed: there is no package family 'nuke'")]
    [InlineData("--remove maya-2030", "'maya-2030' cannot be removed: the versions of maya are ")]
    [InlineData("--remove !maya", "'!maya' is not a package")]
    [InlineData("--remove maya-3+<2", "'maya-3+<2' is not a package")]
    [InlineData("--add {tree}/nowhere", "is not a directory")]
    [InlineData(
        "--add {tree}/packages/usd/1",
        "is a package; name the directory that contains it as FAMILY/VERSION/package.py"
    )]
    [InlineData("--before yesterday", "'yesterday' is not a time")]
    [InlineData("--after-config {tree}/none.yaml", "no such file")]
    [InlineData("", "no change given; name one with --add")]
    [InlineData("--remove maya-2025 --requests {tree}/none.txt", "none.txt: no such file")]
    [InlineData("--remove maya-2025 --requests {tree}/packages", "packages: is a directory, not a file")]
    [InlineData("--remove maya-2025 {tree}/packages", "packages: no context (.rxt) found in it")]
    [InlineData("--remove maya-2025 {tree}/requests.txt", "not YAML")]
    [InlineData(
        "--before 20 --after 10",
        "--before, 1970-01-01 00:00:20 (20), is not before that of --after, 1970-01-01"
    )]
    [InlineData("--before 20 --after 20", "are the two swapped?")]
    [InlineData("--after-paths {tree}/packages", "--after-paths names the package paths that are already used")]
    [InlineData("--remove maya-2025 --fail-on never", "never")]
    [InlineData("--remove maya-2025 --format xml", "xml")]
    [InlineData("--remove maya-2025 --time-limit never", "never")]
    public async Task Invalid_input_gives_one_line(string arguments, string problem)
    {
        CliRun run = await _tree.Run([
            .. arguments.Replace("{tree}", _tree.Root).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldContain(problem);
        run.Output.ShouldBe("");
    }

    [Fact]
    public async Task Without_requests_there_is_nothing_to_report()
    {
        (await CliRun.Of("impact", "--remove", "usd")).ErrorLine.ShouldContain(
            "no requests; name a file with --requests"
        );
        _tree.Write("requests.txt", "# none\n");
        (await _tree.Run("--remove", "maya-2025")).ErrorLine.ShouldContain("no request found in ");
        _tree.Write("requests.txt", "maya\nusd --time 5\n");
        (await _tree.Run("--remove", "maya-2025")).ErrorLine.ShouldContain(
            "requests.txt, line 2: '--time' is not a requirement"
        );
    }
}
