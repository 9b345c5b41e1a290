using Rer.Insights;
using Rer.Insights.Configuring;

namespace Rer.Tests.Cli;

/// <summary>Settings as rez finds and expands them. The expected values are those of rez 3.4.0.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private static readonly Dictionary<string, string> s_variables = new()
    {
        ["HOME"] = "/h",
        ["FOO"] = "foo",
        ["EMPTY"] = "",
    };

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static string? Variable(string name) => s_variables.GetValueOrDefault(name);

    [Theory]
    [InlineData("{foo}", "{foo}")]
    [InlineData("{system.bogus}", "{system.bogus}")]
    [InlineData("{{a}}", "{a}")]
    [InlineData("{system.home}", "/h")]
    [InlineData("$FOO/x", "foo/x")]
    [InlineData("${FOO}x", "foox")]
    [InlineData("$EMPTY/x", "/x")]
    [InlineData("$NOPE/x", "$NOPE/x")]
    [InlineData("${NOPE}", "${NOPE}")]
    [InlineData("$$FOO", "$foo")]
    [InlineData("$", "$")]
    [InlineData("~", "/h")]
    [InlineData("~/x//y/../z", "/h/x/z")]
    [InlineData("a:~/b", "a:/h/b")]
    [InlineData("x ~/b", "x /h/b")]
    [InlineData("~foo", "~foo")]
    [InlineData("~platform==1//2", "~platform==1/2")]
    [InlineData("{ system.platform}", "{ system.platform}")]
    public void Texts_are_expanded_as_rez_does(string text, string expanded) =>
        RezExpansion.Expand(text, "here", Variable).ShouldBe(expanded);

    [Fact]
    public void The_system_is_this_machine() =>
        RezExpansion
            .Expand("{system.variant}", "here", Variable)
            .ShouldBe($"platform-{HostPlatform.Platform} arch-{HostPlatform.Arch} os-{HostPlatform.Os}");

    [Theory]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{a")]
    [InlineData("${FOO")]
    [InlineData("{0}")]
    [InlineData("{}")]
    [InlineData("{system.platform!r}")]
    [InlineData("{system.fqdn}")]
    public void What_rez_rejects_or_only_rez_knows_is_an_error(string text) =>
        Should
            .Throw<BadInputException>(() => RezExpansion.Expand(text, "here", Variable))
            .Message.ShouldStartWith("here: ");

    [Fact]
    public void An_empty_home_is_the_root() =>
        RezExpansion.Expand("~", "here", name => name == "HOME" ? "" : null).ShouldBe("/");

    [Fact]
    public void Every_text_of_a_setting_is_expanded()
    {
        string file = _files.Write(
            "rez.yaml",
            """
            packages_path: ["$FOO/pk", "{system.platform}"]
            local_packages_path: ~/local
            implicit_packages: ["~platform=={system.platform}"]
            package_filter: {excludes: ["glob($FOO-*)"]}
            """
        );

        var configuration = Configuration.Read(file, ofEnvironment: true, Variable);

        configuration.PackagesPath.ShouldBe(["foo/pk", HostPlatform.Platform]);
        configuration.LocalPackagesPath.ShouldBe("/h/local");
        configuration.ImplicitPackages.ShouldBe([$"~platform=={HostPlatform.Platform}"]);
        configuration.PackageFilters[0].Excludes.ShouldBe(["glob(foo-*)"]);
    }

    [Fact]
    public void Variables_override_the_file_as_in_rez()
    {
        string file = _files.Write("rez.yaml", "packages_path: [a]\nprune_failed_graph: true\nimplicit_packages: [x]");
        string? Set(string name) =>
            name switch
            {
                "REZ_PACKAGES_PATH" => $"b{Path.PathSeparator}{Path.PathSeparator}c",
                "REZ_PRUNE_FAILED_GRAPH" => "No",
                "REZ_IMPLICIT_PACKAGES_JSON" => """["y"]""",
                _ => null,
            };

        var set = Configuration.Read(file, ofEnvironment: true, Set);
        set.PackagesPath.ShouldBe(["b", "c"]);
        set.PruneFailedGraph.ShouldBeFalse();
        set.ImplicitPackages.ShouldBe(["y"]);

        // The environment does not apply to a book.
        Configuration.Read(file, ofEnvironment: false, Set).PackagesPath.ShouldBe(["a"]);
    }

    [Fact]
    public void Files_of_the_environment_are_merged()
    {
        string first = _files.Write("1.yaml", "package_filter: {excludes: [a-1]}\nimplicit_packages: [x]");
        string second = _files.Write(
            "2.json",
            """{"package_filter": {"includes": ["b"]}, "implicit_packages": ["y"]}"""
        );
        string list = string.Join(Path.PathSeparator, first, _files.PathOf("missing.yaml"), second);

        var read = Configuration.Read(null, true, name => name == "REZ_CONFIG_FILE" ? list : null);

        read.ImplicitPackages.ShouldBe(["y"]);
        read.PackageFilters[0].Excludes.ShouldBe(["a-1"]);
        read.PackageFilters[0].Includes.ShouldBe(["b"]);
        read.IsOfEnvironment.ShouldBeTrue();
        read.Unread.ShouldBeEmpty();
    }

    // rez prefers a Python file next to the one that is named. The expected result is rez's.
    [Fact]
    public void A_file_in_python_is_read()
    {
        _files.Write("rezconfig.yaml", "packages_path: [never]");
        _files.Write(
            "rezconfig.py",
            """
            import os
            import platform
            root = os.environ["FOO"] if "FOO" in os.environ else "/software"
            packages_path = ["~/packages", os.path.join("/software", "packages")]
            if platform.system() == "Nowhere":
                packages_path.append("/nowhere")
            packages_path += ["/{system.platform}" + "/x"]
            implicit_packages = ["~platform==%s" % "x"]
            package_filter = {"excludes": ["glob(*-beta)"], "includes": []}
            prune_failed_graph = not True
            def helper(a):
                return a
            plugins = {"release_vcs": {1: helper}}
            """
        );

        var read = Configuration.Read(
            null,
            true,
            name => name == "REZ_CONFIG_FILE" ? _files.PathOf("rezconfig.yaml") : Variable(name)
        );

        read.PackagesPath.ShouldBe(["/h/packages", "/software/packages", $"/{HostPlatform.Platform}/x"]);
        read.ImplicitPackages.ShouldBe(["~platform==x"]);
        read.PackageFilters[0].Excludes.ShouldBe(["glob(*-beta)"]);
        read.PruneFailedGraph.ShouldBeFalse();
        read.Unread.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("from studio import paths\npackages_path = paths()", "packages_path")]
    [InlineData("from studio import paths\npackages_path = ModifyList(append=paths())", "packages_path")]
    [InlineData("import re\nimplicit_packages = [re.sub('a', 'b', 'a')]", "implicit_packages")]
    [InlineData("package_filter = DelayLoad('filters.yaml')", "package_filter")]
    public void What_only_python_knows_is_reported_with_its_location(string text, string setting)
    {
        string file = _files.Write("rezconfig.py", text);

        Configuration read = Configuration.Read(file, ofEnvironment: false, Variable);

        (string name, string why) = read.Unread.ShouldHaveSingleItem();
        name.ShouldBe(setting);
        why.ShouldStartWith($"{file}:");
        why.ShouldEndWith("; only Python can tell");
        // The environment takes precedence over the file.
        Configuration
            .Read(file, true, name => name == $"REZ_{setting.ToUpperInvariant()}_JSON" ? "[]" : Variable(name))
            .Unread.ShouldBeEmpty();
    }

    // The expected result is rez's for the same two files.
    [Fact]
    public void Lists_are_extended()
    {
        string first = _files.Write(
            "first.py",
            """
            packages_path = ModifyList(append=["/software/packages"], prepend=["/first"])
            implicit_packages = ["~a"]
            package_filter = {"excludes": ["a-1"]}
            """
        );
        string second = _files.Write(
            "second.py",
            """
            more = ["~b"]
            packages_path = ModifyList(["/last"])
            implicit_packages = ModifyList(prepend=more)
            package_filter = {"excludes": ModifyList(append=["b-1"]), "includes": ModifyList(append=["c"])}
            """
        );

        var read = Configuration.Read(
            null,
            true,
            name => name == "REZ_CONFIG_FILE" ? $"{first}{Path.PathSeparator}{second}" : Variable(name)
        );

        read.PackagesPath.ShouldBe([
            "/first",
            "/h/packages",
            "/h/.rez/packages/int",
            "/h/.rez/packages/ext",
            "/software/packages",
            "/last",
        ]);
        read.ImplicitPackages.ShouldBe(["~b", "~a"]);
        read.PackageFilters[0].Excludes.ShouldBe(["a-1", "b-1"]);
        read.PackageFilters[0].Includes.ShouldBe(["c"]);
        read.Unread.ShouldBeEmpty();
    }

    [Fact]
    public void Adding_to_something_that_is_not_a_list_is_an_error()
    {
        _files.Write("first.py", "packages_path = 'x'");
        string list = string.Join(
            Path.PathSeparator,
            _files.PathOf("first.py"),
            _files.Write("second.py", "packages_path = ModifyList(append=['/x'])")
        );

        Should
            .Throw<BadInputException>(() =>
                Configuration.Read(null, true, name => name == "REZ_CONFIG_FILE" ? list : null)
            )
            .Message.ShouldBe(
                $"{_files.PathOf("second.py")}: 'packages_path': ModifyList adds to a list, but the earlier value is not a list"
            );
    }

    [Fact]
    public void A_file_that_is_not_python_is_an_error_with_its_line()
    {
        string file = _files.Write("rezconfig.py", "packages_path = [\n'a'\n)");

        Should
            .Throw<BadInputException>(() => Configuration.Read(file, false, Variable))
            .Message.ShouldStartWith($"{file}:3: ");
    }

    [Theory]
    [InlineData("package_filters: []", "package_filter")]
    [InlineData("packages_pth: []", "packages_path")]
    [InlineData("packagesPath: []", "packages_path")]
    [InlineData("implicit-packages: []", "implicit_packages")]
    [InlineData("variant_select_mod: x", "variant_select_mode")]
    public void A_misspelt_setting_is_named(string text, string meant)
    {
        string file = _files.Write("rez.yaml", text + "\nprompt: x\nrelease_packages_path: y\nmy_own: z\n");

        var read = Configuration.Read(file, ofEnvironment: false, Variable);

        read.Notes.ShouldHaveSingleItem().ShouldEndWith($"has no effect; did you mean '{meant}'?");
    }

    [Theory]
    [InlineData("x: &a [*a]")]
    [InlineData("x: &a {y: *a}")]
    public async Task A_recursive_anchor_is_an_error(string text) =>
        (await Solve("--config", _files.Write("rez.yaml", text))).ErrorLine.ShouldContain("nested too deeply");

    [Theory]
    [InlineData("[", "]", 70)]
    [InlineData("[", "]", 100_000)]
    [InlineData("{a: ", "}", 100_000)]
    [InlineData("[", "", 100_000)]
    public async Task Deep_nesting_is_an_error(string open, string close, int depth)
    {
        string nested = string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth));

        CliRun yaml = await Solve("--config", _files.Write("rez.yaml", "x: " + nested));
        CliRun json = await Solve("--config", _files.Write("rez.json", "{\"x\": " + nested + "}"));

        yaml.ExitCode.ShouldBe(2);
        yaml.ErrorLine.ShouldContain("rez.yaml: ");
        json.ExitCode.ShouldBe(2);
        json.ErrorLine.ShouldContain("rez.json: ");
    }

    // Nine lines, each of which repeats the one before nine times. It took 45 seconds before there was a limit.
    [Fact]
    public async Task Aliases_are_expanded_up_to_a_limit()
    {
        IEnumerable<string> lines = Enumerable
            .Range(1, 9)
            .Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]");
        string file = _files.Write("rez.yaml", "a0: &a0 lol\n" + string.Join('\n', lines));

        long start = TimeProvider.System.GetTimestamp();
        CliRun run = await Solve("--config", file);

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldContain("with its aliases expanded, it is larger than");
        TimeProvider.System.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_directory_is_distinguished_from_a_file() =>
        (await Solve("--config", Path.GetTempPath())).ErrorLine.ShouldEndWith(": is a directory, not a file");

    private static Task<CliRun> Solve(params string[] arguments) =>
        CliRun.Of(["solve", "python", "--repository", "studio", .. arguments]);
}
