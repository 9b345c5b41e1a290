using System.Text.Json.Nodes;
using Rer.Cli;
using Rer.Tests.Repositories;

namespace Rer.Tests.Cli.Explaining;

public sealed class ExplainCommandTests : IDisposable
{
    private const string Packages = """
        {
          "maya": {"2024.1": {"requires": ["python-3.9"]}, "2025.0": {"requires": ["python-3.11"]}},
          "nuke": {"13.0": {"requires": ["python-3.9", "tiff"]}, "12.0": {"requires": ["python-2.7"]}},
          "python": {"2.7.18": {}, "3.9.7": {}, "3.11.4": {}, "3.12.0.beta": {}},
          "tiff": {"4": {}},
          "ghost": {"1": {"requires": ["vanished-2"]}},
          "qt": {"5": {}, "6": {}},
          "tool": {"1": {"variants": [["qt-5"], ["qt-6"], ["python-3.9", "tiff"]]}}
        }
        """;

    private readonly TemporaryFiles _files = new();
    private readonly string _book;

    public ExplainCommandTests() => _book = _files.WriteBook(Packages);

    public void Dispose() => _files.Dispose();

    private Task<CliRun> Rer(string command, params string[] arguments) =>
        CliRun.Of([command, .. arguments, "--repository", _book]);

    [Theory]
    [InlineData("fast")]
    [InlineData("reference")]
    public async Task A_failure_is_told_in_rez_s_words_and_then_explained(string engine)
    {
        CliRun run = await Rer("explain", "tiff", "maya-2025", "nuke", "--exclude", "*.beta", "--engine", engine);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("The context failed to resolve:\nThe following package conflicts occurred: ");
        run.Output.ShouldBe(
            """
            these contradict each other (without any one of them, the rest do not):
            request
            ├── maya-2025
            │   └── maya 2025.0 requires python-3.11
            └── nuke
                ├── either nuke 13.0 requires python-3.9
                └── or nuke 12.0 requires python-2.7

            what happened to the versions:
            families
            ├── maya
            │   ├── 2024.1: excluded by maya-2025 (requested)
            │   └── 2025.0: ruled out by requiring python-3.11
            ├── nuke
            │   ├── 13.0: ruled out by requiring python-3.9
            │   └── 12.0: ruled out by requiring python-2.7
            └── python
                ├── 2.7.18: excluded by python-3.11 (of maya), python-3.9 (of nuke 13.0)
                ├── 3.9.7: excluded by python-3.11 (of maya), python-2.7 (of nuke 12.0)
                ├── 3.11.4: excluded by python-2.7 (of nuke 12.0), python-3.9 (of nuke 13.0)
                └── 3.12.0.beta: hidden by the filter rule *.beta

            what would resolve:
              ask for maya instead of maya-2025 (gives maya-2024.1)
              leave out maya-2025
              leave out nuke

            """.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task A_missing_family_is_traced_to_who_asks_for_it()
    {
        CliRun run = await Rer("explain", "qt", "ghost");

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldContain("vanished");
        run.Output.ShouldContain(
            """
            request
            └── ghost
                └── ghost 1 requires vanished-2
            """.ReplaceLineEndings("\n")
        );
        run.Output.ShouldContain("missing: no repository has this family");
        run.Output.ShouldContain("  leave out ghost\n");
    }

    [Fact]
    public async Task What_a_filter_hides_may_be_the_remedy()
    {
        CliRun run = await Rer("explain", "qt-6", "--exclude", "qt-6");

        run.Output.ShouldContain("6: hidden by the filter rule qt-6\n");
        run.Output.ShouldContain("  remove the filters and the limit on release times\n");
        run.Output.ShouldContain("  ask for qt instead of qt-6 (gives qt-5)\n");
    }

    [Fact]
    public async Task The_json_contains_everything()
    {
        CliRun run = await CliRun.Of("explain", "--repository", "studio", "--format", "json", "maya-7", "python-3.11");

        run.ExitCode.ShouldBe(1);
        JsonNode told = JsonNode.Parse(run.Output)!;
        told["status"]!.GetValue<string>().ShouldBe("failed");
        told["explained"]!.GetValue<bool>().ShouldBeTrue();
        told["core"]!
            .AsArray()
            .Select(demand => $"{demand!["by"]} {demand["requirement"]}".Trim())
            .ShouldBe([
                "maya-7",
                "python-3.11",
                "attrs python-2.7",
                "attrs python-3.7",
                "attrs python-3.9",
                "maya attrs",
                "maya attrs-6",
            ]);
        told["families"]!.AsArray().ShouldNotBeEmpty();
        told["remedies"]!.AsArray().ShouldNotBeEmpty();

        CliRun solved = await CliRun.Of("explain", "--repository", "studio", "--format", "json", "maya-7");
        solved.ExitCode.ShouldBe(0);
        JsonNode.Parse(solved.Output)!["explained"]!.GetValue<bool>().ShouldBeFalse();
        (await CliRun.Of("explain", "--format", "xml", "maya")).ErrorLine.ShouldContain("xml");
    }

    [Fact]
    public async Task A_request_that_resolves_needs_no_explanation()
    {
        CliRun run = await Rer("explain", "maya");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldEndWith("resolved packages:\nmaya-2025.0\npython-3.11.4\n");
    }

    [Fact]
    public async Task Why_shows_paths_versions_and_variants()
    {
        CliRun python = await Rer("why", "python", "maya", "nuke-13", "--exclude", "*.beta");
        python.ExitCode.ShouldBe(0);
        python.Output.ShouldBe(
            """
            python-3.9.7

            pulled in by:
              maya --> maya-2024.1 --> python-3.9.7
              nuke-13 --> nuke-13.0 --> python-3.9.7

            why not another version:
              python-3.11.4: excluded by python-3.9 (of maya-2024.1), python-3.9 (of nuke-13.0)
              python-3.12.0.beta: hidden by the filter rule *.beta

            """.ReplaceLineEndings("\n")
        );

        CliRun tool = await Rer("why", "tool", "tool", "!qt-5");
        tool.Output.ShouldBe(
            """
            tool-1[1]

            pulled in by:
              tool --> tool-1[1]

            why not another variant:
              tool-1[0]: impossible: The following package conflicts occurred: (qt-5 <--!--> !qt-5)
              tool-1[2]: possible, but less preferred: it requires 2 packages besides the request, variant 1 requires 1

            """.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task Why_reports_what_is_not_there()
    {
        CliRun run = await Rer("why", "tiff", "maya");

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldBe("rer: 'tiff' is not in the resolve; 'rer solve' shows what is");
    }

    [Theory]
    [InlineData("python-3.9.7")]
    [InlineData("tool-1[2]")]
    public async Task Why_accepts_a_package_as_solve_prints_it(string package)
    {
        CliRun run = await Rer("why", package, "maya-2024", "tool", "!qt", "nuke-13");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldStartWith(package + "\n");
    }

    [Fact]
    public async Task Why_says_which_version_is_there_instead()
    {
        CliRun run = await Rer("why", "maya-2023", "maya");

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldBe("rer: 'maya-2023' is not in the resolve, 'maya-2025.0' is");
    }

    /// <remarks>Only wider requests, and fewer requests, were tried, but not an earlier version.</remarks>
    [Fact]
    public async Task A_remedy_may_ask_for_less()
    {
        string book = _files.WriteBook(
            """{"half": {"1": {}, "2": {"requires": ["gone-1"]}}, "app": {"1": {"requires": ["half"]}}}"""
        );

        CliRun half = await CliRun.Of("explain", "half", "--repository", book);
        half.Output.ShouldContain("1: possible: the request resolves if it asks for this version\n");
        half.Output.ShouldContain("2: ruled out by requiring gone-1\n");
        half.Output.ShouldContain("  ask for half-1 instead of half (gives half-1)\n");

        CliRun app = await CliRun.Of("explain", "app", "--repository", book);
        app.Output.ShouldContain("  also ask for half-1 (gives half-1)\n");
    }

    /// <remarks>A variation reached a package that the request never needed, and the package's error ended the
    /// command.</remarks>
    [Fact]
    public async Task Unreadable_packages_are_ignored()
    {
        using PackageTree tree = new PackageTree()
            .Write("half/1/package.py", "name = 'half'\nversion = '1'\nrequires = [open('x').read()]\n")
            .Write("half/2/package.py", "name = 'half'\nversion = '2'\nrequires = ['gone-1']\n")
            .Write("hidden/1/package.py", "name = 'hidden'\nversion = '1'\n")
            .Write("hidden/1/.ignore")
            .Write("hidden/.ignore1");

        CliRun half = await CliRun.Of("explain", "half-2", "-p", tree.Root, "--ni");
        half.ExitCode.ShouldBe(2);
        half.Output.ShouldContain("1: excluded by half-2 (requested)\n");
        half.Output.ShouldContain("2: ruled out by requiring gone-1\n");
        half.Output.ShouldContain("(ignored, because it cannot be read: ");

        CliRun hidden = await CliRun.Of("explain", "half-2", "hidden-1", "-p", tree.Root, "--ni");
        hidden.ExitCode.ShouldBe(2);
        hidden.Output.ShouldContain("what would resolve:\n");
    }

    [Fact]
    public async Task Hidden_packages_of_the_families_are_named()
    {
        using PackageTree tree = new PackageTree()
            .Write("a/foo/2/package.py", "name = 'foo'\nversion = '2'\n")
            .Write("a/foo/.ignore2")
            .Write("a/foo/1/package.py", "name = 'foo'\nversion = '1'\n")
            .Write("a/bar/1/package.py", "name = 'bar'\nversion = '1'\n")
            .Write("a/bar/.ignore1")
            .Write("b/foo/1/package.py", "name = 'foo'\nversion = '1'\nrequires = ['bar']\n");

        CliRun run = await CliRun.Of(
            "explain",
            "foo-2",
            "-p",
            string.Join(Path.PathSeparator, tree.PathOf("a"), tree.PathOf("b")),
            "--ni"
        );

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldEndWith(
            $"""

            what is hidden:
              foo-2 is hidden by {tree.PathOf("a/foo/.ignore2")}
              foo-1 in {tree.PathOf("b")} is shadowed by the one in {tree.PathOf("a")}

            """.ReplaceLineEndings("\n")
        );
    }

    /// <remarks>With JSON, the command failed and wrote nothing to the error stream.</remarks>
    [Fact]
    public async Task An_error_is_written_to_the_error_stream_as_well_as_into_the_json()
    {
        CliRun table = await Rer("explain", " ");
        CliRun json = await Rer("explain", " ", "--format", "json");

        json.ExitCode.ShouldBe(2);
        json.Error.ShouldBe(table.Error);
        json.ErrorLine.ShouldStartWith("rer: ");
        JsonNode.Parse(json.Output)!["status"]!.GetValue<string>().ShouldBe("error");
    }

    [Fact]
    public async Task A_mistyped_family_gets_a_suggestion()
    {
        CliRun run = await Rer("explain", "Maya");

        run.Error.ShouldEndWith("rer: did you mean 'maya'?\n");
    }

    /// <remarks>The terminal wrapped long lines itself, which broke the lines of the tree.</remarks>
    [Fact]
    public async Task A_tree_wraps_within_the_width_of_the_terminal()
    {
        using var output = new StringWriter { NewLine = "\n" };

        await CommandLine.RunAsync(
            ["explain", "maya-7", "python-3.11"],
            new Terminal(output, TextWriter.Null, width: 80),
            TestContext.Current.CancellationToken
        );

        output.ToString().Split('\n').ShouldAllBe(line => line.Length <= 80);
        output
            .ToString()
            .ShouldContain(
                """
                ├── python
                │   ├── 2.7.16, 2.7.18: excluded by python-3.11 (requested), python-3.7 (of 
                │   │   attrs 6.0.0[1]), python-3.9 (of attrs 6.0.0[2])
                """.ReplaceLineEndings("\n")
            );
    }
}
