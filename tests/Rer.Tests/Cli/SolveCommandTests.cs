using System.Text.Json;

namespace Rer.Tests.Cli;

public sealed class SolveCommandTests : IDisposable
{
    private const string Packages = """
        {
          "maya": {"2024.1": {"requires": ["python-3.9"]}, "2025.0": {"requires": ["python-3.11"]}},
          "nuke": {"13.0": {"requires": ["python-3.9", ".gui-1"], "variants": [["qt-5"], ["qt-6"]], "timestamp": 1000}},
          "python": {"3.9.7": {}, "3.11.4": {"timestamp": 2000}},
          "qt": {"5.15": {}, "6.5": {}},
          "bad": {"1": {"requires": ["python-3", "!python-3"]}},
          "loop": {"1": {"requires": ["noose"]}},
          "noose": {"1": {"requires": ["loop"]}},
          "plain": {"": {}}
        }
        """;

    private readonly TemporaryFiles _files = new();
    private readonly string _book;

    public SolveCommandTests() => _book = _files.WriteBook(Packages);

    public void Dispose() => _files.Dispose();

    private Task<CliRun> Solve(params string[] arguments) => CliRun.Of(["solve", "--repository", _book, .. arguments]);

    [Theory]
    [InlineData("fast")]
    [InlineData("reference")]
    public async Task Prints_what_rez_env_prints(string engine)
    {
        CliRun run = await Solve("nuke", "maya", "plain", ".gui", "--engine", engine);

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBe("");
        run.Output.ShouldBe(
            """
            requested packages:
            nuke
            maya
            plain
            .gui   (ephemeral)

            resolved packages:
            maya-2024.1
            nuke-13.0[1]
            plain
            python-3.9.7
            qt-6.5
            .gui-1        (ephemeral)

            """.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task Resolves_against_the_embedded_studio_unless_told_otherwise()
    {
        CliRun run = await CliRun.Of("solve", "maya", "--quiet");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("\nmaya-7.0.2\n");
    }

    [Fact]
    public async Task Prints_packages_in_the_order_of_the_resolve()
    {
        CliRun run = await Solve("nuke", "qt", "--quiet", "--source-order");

        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["qt-6.5", "python-3.9.7", "nuke-13.0[1]", ".gui-1        (ephemeral)"]);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("reference")]
    // The text below a failure is what rez 3.4.0 printed, including the truncated label of the unsolved scope.
    public async Task A_failure_goes_to_the_error_stream_as_in_rez(string engine)
    {
        CliRun run = await Solve("maya-2025", "nuke", "--engine", engine);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBe("");
        run.Error.ShouldBe(
            """
            requested packages:
            maya-2025
            nuke

            The context failed to resolve:
            The following package conflicts occurred: (python-3.11 <--!--> python-3.9)

            Resolve paths starting from initial requests to conflict:
              maya-2025 --> maya-2025.0 --> python-3.11
              nuke --> [nuke==13.0 --> python-3.9
            rer: 'rer explain' with the same arguments shows what would resolve

            """.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task A_cycle_is_a_failure()
    {
        CliRun run = await Solve("loop", "--quiet");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith("A cyclic dependency was detected: ");
    }

    [Fact]
    public async Task Prints_the_whole_result_as_json()
    {
        CliRun run = await Solve("nuke", "--json");

        JsonElement result = JsonElement.Parse(run.Output);
        result.GetProperty("status").GetString().ShouldBe("solved");
        result
            .GetProperty("resolved")
            .EnumerateArray()
            .Select(package => package.GetRawText().ReplaceLineEndings("").Replace(" ", ""))
            .ShouldBe([
                """{"name":"python","version":"3.9.7","variant_index":null,"path":null,"local":false}""",
                """{"name":"qt","version":"6.5","variant_index":null,"path":null,"local":false}""",
                """{"name":"nuke","version":"13.0","variant_index":1,"path":null,"local":false}""",
            ]);
        result.GetProperty("ephemerals")[0].GetString().ShouldBe(".gui-1");
        result.GetProperty("failure").ValueKind.ShouldBe(JsonValueKind.Null);
        result.GetProperty("description").ValueKind.ShouldBe(JsonValueKind.Null);
        result.GetProperty("num_solves").GetInt32().ShouldBe(2);
        result.GetProperty("num_fails").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Prints_a_failure_as_json()
    {
        CliRun run = await Solve("maya-2025", "nuke", "--json");

        run.ExitCode.ShouldBe(1);
        JsonElement result = JsonElement.Parse(run.Output);
        result.GetProperty("status").GetString().ShouldBe("failed");
        result.GetProperty("failure").GetString().ShouldBe("DependencyConflicts");
        result
            .GetProperty("description")
            .GetString()
            .ShouldBe("The following package conflicts occurred: (python-3.11 <--!--> python-3.9)");
        result.GetProperty("resolved").GetArrayLength().ShouldBe(0);
        result.GetProperty("num_fails").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_log_comes_from_the_reference_and_says_so()
    {
        CliRun run = await Solve("maya", "-vvv");

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldStartWith("rer: only the reference engine writes rez's log, so it resolves this request\n");
        run.Error.ShouldContain("SOLVE #1 (0 fails so far)...");
        run.Error.ShouldContain("SOLVE STATS:");
        run.Output.ShouldBe("requested packages:\nmaya\n\nresolved packages:\nmaya-2025.0\npython-3.11.4\n");
    }

    [Fact]
    public async Task The_reference_logs_without_a_note()
    {
        CliRun run = await Solve("maya", "-v", "--engine", "reference");

        run.Error.ShouldStartWith("SOLVE #1 (0 fails so far)...");
        run.Error.ShouldNotContain("SOLVE STATS:");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("svg")]
    public async Task The_log_leaves_documents_alone(string format)
    {
        CliRun run = await Solve("maya", "-vv", "--format", format);
        CliRun unlogged = await Solve("maya", "--format", format, "--engine", "reference");

        run.Output.Split('\n')
            .Where(line => !line.Contains("_ms\""))
            .ShouldBe(unlogged.Output.Split('\n').Where(line => !line.Contains("_ms\"")));
    }

    [Theory]
    [InlineData("rer: package family not found: unheard_of (searched: {book})", "unheard_of")]
    [InlineData("'maya-1..2..3': Syntax error in version range", "maya-1..2..3")]
    [InlineData("rer: unrecognised option '--bogus'; see 'rer solve --help'", "maya", "--bogus")]
    [InlineData("rer: Argument 'slow' not recognized. Must be one of: 'reference' 'fast'", "maya", "--engine", "slow")]
    [InlineData("rer: '-2y' is not a time", "maya", "--time", "-2y")]
    [InlineData("{missing}: no such file", "maya", "--config", "{missing}")]
    [InlineData("--time-limit: expected a number of seconds, found 'NaN'", "maya", "--time-limit", "nan")]
    [InlineData("Cannot parse argument 'many' for option '--max-fails'", "maya", "--max-fails", "many")]
    [InlineData("rer: 'bogus' is not a valid package filter type", "maya", "--exclude", "bogus(nothing)")]
    public async Task Invalid_input_gives_one_line(string expected, params string[] arguments)
    {
        string Expand(string text) => text.Replace("{book}", _book).Replace("{missing}", _files.PathOf("missing.yaml"));

        CliRun run = await Solve([.. arguments.Select(Expand)]);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBe("");
        run.ErrorLine.ShouldStartWith("rer: ");
        run.ErrorLine.ShouldContain(Expand(expected));
    }

    [Fact]
    public async Task A_package_that_contradicts_itself_is_invalid_input()
    {
        CliRun run = await Solve("bad");

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldContain("bad");
    }

    [Fact]
    public async Task An_error_is_in_the_json_as_well()
    {
        CliRun run = await Solve("unheard_of", "--json");

        run.ExitCode.ShouldBe(2);
        JsonElement result = JsonElement.Parse(run.Output);
        result.GetProperty("status").GetString().ShouldBe("error");
        result.GetProperty("error").GetString().ShouldBe("PackageFamilyNotFoundError");
        run.ErrorLine.ShouldContain("package family not found: unheard_of");
    }

    [Theory]
    [InlineData("no such file", "missing.json", null)]
    [InlineData("not JSON", "broken.json", "{")]
    [InlineData("'packages' is missing", "other.json", """{"name": "x"}""")]
    [InlineData(
        "choose one with --book; it has a, b",
        "two.json",
        """[{"name": "a", "packages": {}, "cases": []}, {"name": "b", "packages": {}, "cases": []}]"""
    )]
    public async Task A_malformed_book_is_invalid_input(string expected, string name, string? content)
    {
        string path = content is null ? _files.PathOf(name) : _files.Write(name, content);

        CliRun run = await CliRun.Of("solve", "maya", "--repository", path);

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldStartWith("rer: ");
        run.ErrorLine.ShouldContain(name);
        run.ErrorLine.ShouldContain(expected);
    }

    [Fact]
    public async Task Without_a_command_or_a_request_there_is_a_hint()
    {
        (await CliRun.Of()).ErrorLine.ShouldEndWith("see 'rer --help'");
        (await CliRun.Of("solve")).ErrorLine.ShouldEndWith("see 'rer solve --help'");
        (await CliRun.Of("sovle")).ErrorLine.ShouldBe(
            "rer: unrecognised command 'sovle' (did you mean 'solve'?); see 'rer --help'"
        );
    }

    [Theory]
    [InlineData("python-3.9.7", "python", "--exclude", "python-3.11+")]
    [InlineData("python-3.9.7", "python", "--time", "1500")]
    [InlineData("python-3.11.4", "python", "--exclude", "python-3", "--include", "*.4")]
    [InlineData("python-3.11.4", "python", "--include", "nothing")]
    public async Task Filters_hide_packages(string expected, params string[] arguments)
    {
        CliRun run = await Solve(["--quiet", .. arguments]);

        run.Output.ShouldBe(expected + "\n");
    }

    [Fact]
    public async Task Configuration_is_read_as_rez_writes_it()
    {
        string yaml = _files.Write(
            "rezconfig.yaml",
            """
            package_filter:
              excludes: 'glob(maya-2025*)'
            package_orderers:
            - type: sorted
              descending: false
              packages: ["qt"]
            implicit_packages: ["~qt<6"]
            prompt: something else
            """
        );

        CliRun run = await Solve("nuke", "maya", "qt", "--config", yaml);
        run.Output.ShouldContain("\n~qt<6  (implicit)\n");
        run.Output.ShouldContain("\nmaya-2024.1\nnuke-13.0[0]\n");
        run.Output.ShouldContain("\nqt-5.15\n");

        CliRun unfiltered = await Solve("maya", "--config", yaml, "--no-filters", "--no-implicit");
        unfiltered.Output.ShouldNotContain("(implicit)");
        unfiltered.Output.ShouldContain("\nmaya-2025.0\n");
    }

    [Theory]
    [InlineData("package_filter: 3", "'package_filter'")]
    [InlineData("package_orderers: [{type: bogus}]", "'package_orderers'")]
    [InlineData("implicit_packages: maya", "'implicit_packages': expected a list of texts")]
    [InlineData("variant_select_mode: luck", "'luck' is not a variant_select_mode")]
    [InlineData("a: [", "not YAML at line")]
    [InlineData("a: b\n...\0", "not YAML")]
    [InlineData("-\0{\n>", "not YAML")]
    [InlineData("a: !<>", "not YAML")]
    [InlineData("a: !!]", "not YAML")]
    [InlineData("- a", "expected settings by name")]
    public async Task Invalid_configuration_names_the_file_and_the_setting(string yaml, string expected)
    {
        CliRun run = await Solve("maya", "--config", _files.Write("config.yaml", yaml));

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldContain(expected);
    }

    [Fact]
    public async Task A_time_limit_stops_the_solve()
    {
        string book = WriteHopeless();

        CliRun run = await CliRun.Of([
            "solve",
            "-r",
            book,
            "--time-limit",
            "0.05",
            .. Enumerable.Range(0, 13).Select(i => $"pigeon{i}"),
        ]);

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldEndWith("The context failed to resolve:\ntime limit exceeded\n");
    }

    [Fact]
    public async Task A_limit_on_fails_fails_the_solve()
    {
        string book = WriteHopeless();

        CliRun run = await CliRun.Of([
            "solve",
            "-r",
            book,
            "--max-fails",
            "5",
            "-q",
            .. Enumerable.Range(0, 13).Select(i => $"pigeon{i}"),
        ]);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith("fail limit reached: aborted after 5 failures:\n");
    }

    [Fact]
    public async Task An_interrupt_ends_the_solve()
    {
        string book = WriteHopeless();
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        int exitCode = await Rer.Cli.CommandLine.RunAsync(
            ["solve", "-r", book, .. Enumerable.Range(0, 13).Select(i => $"pigeon{i}")],
            new Rer.Cli.Terminal(output, error),
            interrupt.Token
        );

        exitCode.ShouldBe(130);
    }

    // The argument's completions are all families, and help shows completions if an argument has no other name.
    [Fact]
    public async Task Help_does_not_list_the_families()
    {
        CliRun run = await CliRun.Of("solve", "--help");

        run.Output.ShouldContain("<REQUEST>...");
        run.Output.ShouldNotContain("openexr");
    }

    [Fact]
    public async Task Statistics_go_to_the_error_stream()
    {
        CliRun run = await Solve("maya", "--stats", "--quiet");

        run.Output.ShouldBe("maya-2025.0\npython-3.11.4\n");
        run.Error.ShouldContain("solve steps");
        run.Error.ShouldContain("solve time, ms");
    }

    private string WriteHopeless()
    {
        (IPackageRepository repository, _) = Rer.Tests.Packages.Hopeless();
        string path = _files.PathOf("hopeless.json");
        Rer.Books.BookFile.Write(path, [new Rer.Books.Book("hopeless", repository, [])]);
        return path;
    }
}
