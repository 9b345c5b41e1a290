using System.Text.Json;

namespace Rer.Tests.Cli;

public sealed class DiskTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rer-tests-");

    public DiskTests()
    {
        Write("foo/1.0/package.py", "name = 'foo'\nversion = '1.0'\nrequires = ['bar-2+']\n");
        Write("bar/2.1/package.py", "name = 'bar'\nversion = '2.1'\nvariants = [['baz'], []]\n");
        Write("baz/package.py", "name = 'baz'\n");
        Write("dynamic/1/package.py", "name = 'dynamic'\nversion = '1'\nimport os\nrequires = os.listdir('.')\n");
    }

    public void Dispose() => _root.Delete(recursive: true);

    private void Write(string path, string text)
    {
        string full = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    [Fact]
    public async Task Packages_come_from_the_paths_with_rez_s_implicit_packages()
    {
        CliRun run = await CliRun.Of("solve", "foo", "--paths", _root.FullName);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("\n~platform==");
        run.Output.ShouldContain("  (implicit)\n");
        run.Output.ShouldEndWith(
            $"resolved packages:\nbar-2.1[1]  {PathOf("bar", "2.1")}\nfoo-1.0     {PathOf("foo", "1.0")}\n"
        );
    }

    private string PathOf(params string[] names) => Path.Combine([_root.FullName, .. names]);

    [Fact]
    public async Task Json_says_where_packages_come_from()
    {
        CliRun run = await CliRun.Of("solve", "baz", "-p", _root.FullName, "--json");

        JsonElement package = JsonElement.Parse(run.Output).GetProperty("resolved")[0];
        package.GetProperty("path").GetString().ShouldBe(PathOf("baz"));
        package.GetProperty("local").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("Foo", "did you mean 'foo'?")]
    [InlineData("dynamik", "did you mean 'dynamic'?")]
    [InlineData("dyn-amic-2+", "did you mean 'dynamic'?")]
    [InlineData("foo-2", "the versions of foo are 1.0")]
    [InlineData("baz-1", "baz has no versions")]
    public async Task A_missing_name_gets_a_suggestion(string request, string suggestion)
    {
        CliRun run = await CliRun.Of("solve", request, "-p", _root.FullName);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldMatch($"^rer: .*\nrer: {System.Text.RegularExpressions.Regex.Escape(suggestion)}\n$");
    }

    /// <remarks>The suggestion used to be the family itself.</remarks>
    [Fact]
    public async Task A_family_whose_versions_are_hidden_is_not_suggested_for_itself()
    {
        File.WriteAllText(PathOf("foo", ".ignore1.0"), "");
        CliRun run = await CliRun.Of("solve", "foo", "-p", _root.FullName);
        File.Delete(PathOf("foo", ".ignore1.0"));

        run.Error.ShouldEndWith(
            "rer: foo exists, but has no visible version ('rer explain' shows what hides versions)\n"
        );
    }

    [Fact]
    public async Task Implicit_packages_can_be_left_out_or_named()
    {
        CliRun without = await CliRun.Of("solve", "foo", "-p", _root.FullName, "--no-implicit");
        without.Output.ShouldNotContain("(implicit)");

        CliRun with = await CliRun.Of("solve", "foo", "-p", _root.FullName, "-q", "--implicit", "baz");
        with.Output.ShouldBe("bar-2.1[0]\nbaz\nfoo-1.0\n");
    }

    [Fact]
    public async Task The_cache_serves_the_second_run()
    {
        string cache = Path.Combine(_root.FullName, "cache");
        string[] arguments = ["solve", "foo", "-p", _root.FullName, "--cache", cache, "--stats", "-q"];
        Age();

        CliRun first = await CliRun.Of(arguments);
        CliRun second = await CliRun.Of(arguments);

        second.Output.ShouldBe(first.Output);
        first.Error.ShouldMatch(@"definitions from an index +0\b");
        second.Error.ShouldMatch(@"definitions from an index +2\b");
    }

    [Fact]
    public async Task Changes_since_the_cache_was_filled_are_seen()
    {
        string cache = Path.Combine(_root.FullName, "cache");
        string[] arguments = ["solve", "foo", "-p", _root.FullName, "--cache", cache, "-q"];
        Age();
        CliRun before = await CliRun.Of(arguments);
        before.Output.ShouldBe("bar-2.1[1]\nfoo-1.0\n");

        // According to the cache the request can be solved; according to the disk it cannot.
        string changed = Path.Combine(_root.FullName, "foo", "1.0", "package.py");
        await File.WriteAllTextAsync(changed, "requires = ['bar-3']", TestContext.Current.CancellationToken);
        CliRun missing = await CliRun.Of(arguments);
        missing.ExitCode.ShouldBe(2);
        missing.Error.ShouldContain("bar-3");

        // According to the cache it still cannot be, because of another family.
        string added = Path.Combine(_root.FullName, "bar", "3");
        Directory.CreateDirectory(added);
        await File.WriteAllTextAsync(
            Path.Combine(added, "package.py"),
            "name = 'bar'",
            TestContext.Current.CancellationToken
        );
        CliRun solved = await CliRun.Of(arguments);
        solved.Output.ShouldBe("bar-3\nfoo-1.0\n");
    }

    /// <summary>
    /// A recent change may be followed by another within the clock's resolution, so it is not remembered.
    /// </summary>
    private void Age() => Settling.Age(_root);

    [Fact]
    public async Task A_package_that_needs_python_is_named()
    {
        CliRun run = await CliRun.Of("solve", "dynamic", "-p", _root.FullName);

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldContain(Path.Combine("dynamic", "1", "package.py"));
        run.ErrorLine.ShouldContain("--python");
    }

    [Fact]
    public async Task Packages_come_from_one_place()
    {
        CliRun run = await CliRun.Of("solve", "foo", "-p", _root.FullName, "-r", "studio");

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldContain("--repository and --paths exclude each other");
    }

    [Fact]
    public async Task Completion_never_runs_text_from_a_repository()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("What would be run is a shell script.");
            return;
        }
        Write("computed.py", "versions = compute()\n");
        string started = Path.Combine(_root.FullName, "started");
        Write("python", $"#!/bin/sh\ntouch '{started}'\n");
        string python = Path.Combine(_root.FullName, "python");
        File.SetUnixFileMode(python, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string start = $"rer solve -p {_root.FullName} --python {python} ";

        (await CliRun.Of("complete", start + "comp")).Output.ShouldBe("computed\n");
        (await CliRun.Of("complete", start + "computed-")).Output.ShouldBe("");
        (await CliRun.Of("complete", start + "dynamic-")).Output.ShouldBe("dynamic-1\n");
        File.Exists(started).ShouldBeFalse();
    }

    [Fact]
    public async Task An_invalid_path_is_reported()
    {
        string file = Path.Combine(_root.FullName, "baz", "package.py");
        string missing = Path.Combine(_root.FullName, "missing");

        CliRun run = await CliRun.Of(
            "solve",
            "baz",
            "-q",
            "-p",
            string.Join(Path.PathSeparator, _root.FullName, file, missing)
        );

        run.Output.ShouldBe("baz\n");
        run.Error.ShouldBe(
            $"rer: '{file}' of --paths is a file, not a directory\nrer: '{missing}' of --paths does not exist\n"
        );
    }

    [Fact]
    public async Task No_path_at_all_is_reported() =>
        (await CliRun.Of("solve", "baz", "-q", "-p", "")).Error.ShouldStartWith("rer: no package path is given: ");

    // rez's nonlocal_packages_path: the local path is the configured one, and is removed if it comes first.
    [Fact]
    public async Task The_local_path_is_the_configured_one()
    {
        string local = Path.Combine(_root.FullName, "local");
        Write("local/baz/9/package.py", "name = 'baz'");
        string config = Path.Combine(_root.FullName, "rez.yaml");
        Write("rez.yaml", $"packages_path: ['{local}', '{_root.FullName}']\nlocal_packages_path: '{local}'");

        (await CliRun.Of("solve", "baz", "-q", "--config", config)).Output.ShouldBe("baz-9\n");
        (await CliRun.Of("solve", "baz", "--config", config)).Output.ShouldEndWith(
            $"\nbaz-9  {Path.Combine(local, "baz", "9")}  (local)\n"
        );
        (await CliRun.Of("solve", "baz", "-q", "--config", config, "--no-local")).Output.ShouldBe("baz\n");
    }

    [Fact]
    public async Task The_studio_says_that_it_answers()
    {
        CliRun silent = await CliRun.Of("solve", "usd", "-q", "-r", "studio");
        CliRun told = await CliRun.Of("solve", "usd", "-q");

        silent.Error.ShouldBe("");
        told.ErrorLine.ShouldStartWith(
            "rer: no package paths are configured; the packages are those of the built-in studio"
        );
        told.Output.ShouldBe(silent.Output);
        told.Output.ShouldContain("\nplatform-linux\n");
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Shells_get_a_script(string shell)
    {
        CliRun run = await CliRun.Of("completion", shell);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("rer complete ");
    }
}
