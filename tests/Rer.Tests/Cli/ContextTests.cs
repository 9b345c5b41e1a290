using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rer.Insights;
using Rer.Tests.Repositories;

namespace Rer.Tests.Cli;

/// <summary>rez contexts: written, read, resolved again and compared.</summary>
public sealed class ContextTests : IDisposable
{
    /// <summary>
    /// Fields that depend on the machine, the time and the rez that wrote a context, and not on the resolve.
    /// </summary>
    private static readonly string[] s_passing =
    [
        "created",
        "host",
        "load_time",
        "num_loaded_packages",
        "rez_path",
        "solve_time",
        "timestamp",
        "user",
    ];

    private static readonly JsonSerializerOptions s_plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly PackageTree _tree = new();

    public ContextTests()
    {
        _tree.Write(
            "real/foo/1.0/package.py",
            "name = 'foo'\nversion = '1.0'\nvariants = [['bar-1'], ['bar-2']]\ndef commands():\n    env.FOO.set('{root}')\n"
        );
        _tree.Write("real/foo/1.0/bar-2/it-s/there.txt");
        _tree.Write("real/bar/1/package.py", "name = 'bar'\nversion = '1'\n");
        _tree.Write("real/bar/2/package.py", "name = 'bar'\nversion = '2'\nrequires = ['.feat-1']\n");
        _tree.Write("real/baz/package.yaml", "name: baz\n");
        _tree.Write(
            "real/qux.py",
            "name = 'qux'\nversions = ['1', '2']\nversion_overrides = {'2': {'requires': ['bar']}}\n"
        );
        _tree.Write("real/old/1/package.py", "name = 'old'\nversion = '1'\nrequires = ['bar-1', '!foo']\n");
        _tree.Link("packages", "real");
    }

    private string Packages => _tree.PathOf("packages");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task A_resolve_is_saved_and_resolved_again()
    {
        string file = _tree.PathOf("a.rxt");
        CliRun saved = await CliRun.Of(
            "solve",
            "foo",
            "baz",
            "--paths",
            Packages,
            "--exclude",
            "bar-3+",
            "--output",
            file
        );
        CliRun again = await CliRun.Of("solve", "--input", file);

        saved.ExitCode.ShouldBe(0);
        again.ShouldBe(saved);
        ResolvedContext context = ResolvedContext.Read(file);
        context.PackageRequests.ShouldBe(["foo", "baz"]);
        context.ImplicitPackages.Count.ShouldBe(3);
        context.PackagePaths.ShouldBe([Packages]);
        context.Status.ShouldBe("solved");
        context.PackageFilters.ShouldHaveSingleItem().Excludes.ShouldBe(["range(bar-3+)"]);
        context.ResolvedPackages.Select(package => package.ToString()).ShouldBe(["bar-2", "foo-1.0[1]", "baz"]);
        context.ResolvedEphemerals.ShouldBe([".feat-1"]);
    }

    [Fact]
    public async Task A_failure_is_saved_too()
    {
        CliRun run = await CliRun.Of("solve", "foo", "old", "--paths", Packages, "--output", _tree.PathOf("a.rxt"));

        run.ExitCode.ShouldBe(1);
        ResolvedContext context = ResolvedContext.Read(_tree.PathOf("a.rxt"));
        context.Status.ShouldBe("failed");
        context.FailureDescription.ShouldNotBeNullOrEmpty();
        context.ResolvedPackages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Resolves_are_compared()
    {
        string before = _tree.PathOf("a.rxt");
        string after = _tree.PathOf("b.json");
        await CliRun.Of("solve", "foo", "baz", "--paths", Packages, "--output", before);
        File.WriteAllText(
            after,
            (await CliRun.Of("solve", "foo-1", "qux", "bar-1", "--json", "--paths", Packages)).Output
        );

        CliRun same = await CliRun.Of("diff", before, before);
        CliRun text = await CliRun.Of("diff", before, after);
        CliRun json = await CliRun.Of("diff", "--json", before, after);

        same.ShouldBe(new CliRun(0, "no packages differ\n", ""));
        text.ExitCode.ShouldBe(1);
        text.Error.ShouldBe("rer: the requests differ: foo baz and foo-1 qux bar-1\n");
        text.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(["bar-2 bar-1 older", "foo-1.0[1] foo-1.0[0] other variant", "baz - removed", "- qux-2 added"]);
        JsonNode.Parse(json.Output)!["packages"]!.AsArray().Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{}", "is not a context of rez (.rxt), nor a result of 'rer solve --json'")]
    [InlineData("[]", "is not a context of rez")]
    [InlineData("{\"serialize_version\": \"3.2\"}", "'3.2' is a format of an old rez")]
    [InlineData("{\"serialize_version\": \"4.9\"}", "'package_requests' is missing")]
    [InlineData("{\"serialize_version\": \"4.9\", \"package_requests\": 1}", "'package_requests': expected a list")]
    [InlineData("a: b\n c: [", "not YAML")]
    [InlineData("a: b\n...\0", "not YAML")]
    [InlineData("just words", "is not a context of rez")]
    public async Task A_file_that_is_not_a_context_gives_one_line(string text, string problem)
    {
        string file = _tree.PathOf("bad.rxt");
        File.WriteAllText(file, text);

        CliRun run = await CliRun.Of("solve", "--input", file);

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldStartWith($"rer: {file}");
        run.ErrorLine.ShouldContain(problem);
        run.Output.ShouldBe("");
    }

    // Requirements, filters and orderers were once saved as they were typed.
    [Fact]
    public async Task A_context_spells_everything_as_rez_does()
    {
        string config = _tree.PathOf("config.json");
        File.WriteAllText(
            config,
            """
            {
              "package_filter": [
                {"excludes": ["after(20)", "*.beta", "baz-2+", "before(baz:5)", "regex(.*(rc).*)"], "includes": "qux"},
                {"excludes": ["old"]}
              ],
              "package_orderers": [
                {"type": "sorted", "descending": true, "packages": ["qux", "bar"]},
                {"type": "no_order"},
                {
                  "type": "per_family",
                  "orderers": [
                    {"type": "sorted", "descending": false, "packages": ["c", "b", "a"]},
                    {"type": "version_split", "first_version": "1", "packages": ["b"]}
                  ]
                }
              ]
            }
            """
        );
        string file = _tree.PathOf("spelled.rxt");

        CliRun run = await CliRun.Of([
            "solve",
            "bar>=1,<2",
            "~foo==1|==1",
            "--ni",
            "--paths",
            Packages,
            "--config",
            config,
            "--output",
            file,
        ]);

        run.Output.ShouldStartWith("requested packages:\nbar-1+<2\n~foo==1\n");
        JsonNode saved = JsonNode.Parse(File.ReadAllText(file))!;
        saved["package_requests"]!.ToJsonString(s_plain).ShouldBe("""["bar-1+<2","~foo==1"]""");
        saved["package_filter"]!
            .ToJsonString(s_plain)
            .ShouldBe(
                """[{"excludes":["range(old)"]},"""
                    + """{"excludes":["glob(*.beta)","glob(glob(regex(.*(rc).*)))","after(20)","range(baz-2+)","before(baz:5)"]"""
                    + ""","includes":["range(qux)"]}]"""
            );
        saved["package_orderers"]!
            .ToJsonString(s_plain)
            .ShouldBe(
                """[{"type":"sorted","descending":true,"packages":["bar","qux"]},{"type":"no_order","packages":["*"]},"""
                    + """{"type":"per_family","orderers":[{"type":"sorted","descending":false,"packages":["a","c"]},"""
                    + """{"type":"version_split","first_version":"1","packages":["b"]}]}]"""
            );
    }

    [Theory]
    [InlineData("", "is a directory, not a file")]
    [InlineData("gone/new.rxt", "there is no such directory")]
    public async Task A_context_that_cannot_be_written_is_named(string place, string reason)
    {
        string file = _tree.PathOf(place);

        CliRun run = await CliRun.Of("solve", "foo", "--paths", Packages, "--output", file);

        run.ExitCode.ShouldBe(4);
        run.ErrorLine.ShouldBe($"rer: {file}: cannot write the context: {reason}");
    }

    [Theory]
    [InlineData("--input a.rxt foo", "--input already has a request")]
    [InlineData("", "no REQUEST given; name requirements, or a context with --input")]
    [InlineData("--input nowhere.rxt", "nowhere.rxt: no such file")]
    [InlineData(
        "--output x.rxt --repository studio usd",
        "--output writes a context for rez, which loads packages from disk"
    )]
    public async Task Incompatible_arguments_give_one_line(string arguments, string problem)
    {
        CliRun run = await CliRun.Of(["solve", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldContain(problem);
    }

    [Fact]
    public async Task A_context_in_yaml_is_read()
    {
        string file = _tree.PathOf("old.rxt");
        File.WriteAllText(
            file,
            $"""
            serialize_version: 4.3
            package_requests: [foo]
            implicit_packages: []
            package_paths: ['{Packages}']
            status: solved
            resolved_packages:
            - key: filesystem.variant
              variables: {"{"}name: bar, version: '2', index: null, location: /p, repository_type: filesystem{"}"}
            """
        );

        CliRun run = await CliRun.Of("solve", "--input", file, "--quiet");

        run.Output.ShouldBe("bar-2\nfoo-1.0[1]\n.feat-1     (ephemeral)\n");
        ResolvedContext.Read(file).ResolvedPackages.ShouldBe([new ResolvedPackage("bar", "2", null)]);
    }

    [TheoryNeeding(Need.Rez)]
    [InlineData("foo", "baz", "qux-2")]
    [InlineData("foo", "bar-1")]
    [InlineData("baz", ".feat-2")]
    [InlineData("foo", "old")]
    [InlineData("qux-1", "!foo")]
    public async Task A_saved_context_equals_that_of_a_real_rez(params string[] request)
    {
        string ours = _tree.PathOf("ours.rxt");
        string theirs = _tree.PathOf("theirs.rxt");
        int exitCode = (await CliRun.Of(["solve", .. request, "--paths", Packages, "--output", ours])).ExitCode;
        (int rezCode, string problem) = Rez(["env", .. request, "--paths", Packages, "--output", theirs]);

        rezCode.ShouldBe(exitCode, problem);
        Kept(ours).ToJsonString().ShouldBe(Kept(theirs).ToJsonString());
    }

    [FactNeeding(Need.Rez)]
    public async Task A_real_rez_loads_a_saved_context_and_runs_its_shell()
    {
        string file = _tree.PathOf("a.rxt");
        await CliRun.Of("solve", "foo", "baz", "qux", "--paths", Packages, "--output", file);

        (int exitCode, string output) = Rez(["env", "--input", file, "-c", "echo $FOO $REZ_QUX_VERSION; ls $FOO"]);
        (int infoCode, string info) = Rez(["context", file]);

        exitCode.ShouldBe(0, output);
        output.ShouldBe($"{_tree.PathOf("real/foo/1.0/bar-2")} 2\nit-s\n");
        infoCode.ShouldBe(0, info);
        info.ShouldContain("resolved packages:");
    }

    private static JsonObject Kept(string file)
    {
        JsonObject context = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        foreach (string field in s_passing)
        {
            context.Remove(field).ShouldBeTrue(field);
        }
        return context;
    }

    private static (int ExitCode, string Output) Rez(string[] arguments)
    {
        const string Run =
            "import sys; sys.path.insert(0, sys.argv[1]); sys.argv[:2] = ['rez']; from rez.cli._main import run; run()";
        var start = new ProcessStartInfo(RealRez.Python, ["-c", Run, RealRez.Source, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["REZ_CONFIG_FILE"] = "";
        start.Environment["REZ_DISABLE_HOME_CONFIG"] = "1";
        using Process rez = Process.Start(start)!;
        Task<string> error = rez.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = rez.StandardOutput.ReadToEnd();
        rez.WaitForExit();
        return (rez.ExitCode, rez.ExitCode == 0 ? output : output + error.Result);
    }
}
