using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rer.Books;
using Rer.Cli.Input;
using Rer.Insights;
using Rer.Repositories;
using Rer.Tests.Repositories;

namespace Rer.Tests.Cli;

/// <summary>The effect of a change on requests.</summary>
public sealed class ImpactTests : IDisposable
{
    private readonly PackageTree _tree = new();

    public ImpactTests()
    {
        Release("python/3.10", "timestamp = 10");
        Release("python/3.11", "timestamp = 20");
        Release("maya/2024", "timestamp = 10", "requires = ['python-3.10']");
        Release("maya/2025", "timestamp = 30", "requires = ['python-3.11']");
        Release("usd/1", "timestamp = 10", "variants = [['python-3.10'], ['python-3.11']]");
        Release("tool/1", "timestamp = 10", "requires = ['maya-2025', 'usd']");
        _tree.Write("requests.txt", "maya usd # of the show\n\nmaya-2024 'python-3'\ntool\nusd maya-2023\n");
    }

    private string Packages => _tree.PathOf("packages");

    public void Dispose() => _tree.Dispose();

    private void Release(string package, params string[] lines)
    {
        string[] parts = package.Split('/');
        _tree.Write(
            $"packages/{package}/package.py",
            $"name = '{parts[0]}'\nversion = '{parts[1]}'\n{string.Join('\n', lines)}\n"
        );
    }

    private Task<CliRun> Run(params string[] arguments) =>
        CliRun.Of([
            "impact",
            "--paths",
            Packages,
            "--no-implicit",
            "--requests",
            _tree.PathOf("requests.txt"),
            .. arguments,
        ]);

    [Fact]
    public async Task A_removed_version_is_reported_by_package_and_by_request()
    {
        CliRun run = await Run("--remove", "maya-2025", "--fail-on", "newly-failing");

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

        CliRun run = await Run(["--format", "json", .. change.Replace("{tree}", _tree.Root).Split(' ')]);

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

        CliRun run = await Run("--remove", "maya-2025", "--max-fails", "1", "--fail-on", "newly-failing");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe(
            $"""
            2 requests: 1 unchanged, 0 changed, 0 newly failing, 0 newly solving, 1 undecided

            undecided, after too many failed steps:
              {_tree.PathOf("requests.txt")}, line 1: maya-2024 python-3.11

            """
        );
        (await Run("--remove", "maya-2025", "--max-fails", "1", "--fail-on", "any-change")).ExitCode.ShouldBe(1);
        (await Run("--remove", "maya-2025")).Output.ShouldStartWith("2 requests: 2 unchanged");
    }

    [Fact]
    public async Task Review_tools_read_what_changes_and_where_the_request_is()
    {
        CliRun run = await Run("--remove", "maya-2025", "--format", "sarif");

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
    public async Task A_browser_shows_failures_packages_and_requests()
    {
        Browser browser = Browser.OrSkip();
        CliRun run = await Run("--remove", "maya-2025", "--format", "html");
        _tree.Write("impact.html", run.Output);

        string dom = await browser.DumpDomAsync(new Uri(_tree.PathOf("impact.html")).AbsoluteUri);

        dom.ShouldContain("<h1>impact: remove maya-2025</h1>");
        dom.ShouldContain("<p>1 request newly failing</p>");
        dom.ShouldContain("tool (requested); maya-2025 (required by tool)");
        dom.ShouldContain("<td class=\"Choice\"><span class=\"newly failing\">newly failing</span>");
        dom.ShouldContain(
            "<td class=\"Name\">python-3.11 -&gt; python-3.10, maya-2025 -&gt; maya-2024, usd-1[1] -&gt; usd-1[0]"
        );
        dom.ShouldContain(">4 rows<");
    }

    /// <summary>Two thousand pages of text are useless if no browser can open them.</summary>
    [Fact]
    public async Task A_browser_sorts_and_filters_ten_thousand_requests()
    {
        Browser browser = Browser.OrSkip();
        string[] texts = ["usd", "usd-1", "maya", "tool", "python", "maya-2024 'python-3'", "usd maya-2023"];
        _tree.Write(
            "requests.txt",
            string.Join('\n', Enumerable.Range(0, 10_000).Select(i => texts[i % texts.Length]))
        );
        const string Acts = """
            const section = document.querySelectorAll("section")[2];
            const [search, select] = [section.querySelector("input"), section.querySelector("select")];
            const told = [section.querySelector("output").textContent, section.querySelectorAll("tbody tr").length];
            select.value = "=changed"; select.dispatchEvent(new Event("change")); told.push(section.querySelector("output").textContent);
            search.value = "line 99"; search.dispatchEvent(new Event("input")); told.push(section.querySelector("output").textContent);
            section.querySelectorAll("th button")[1].click(); told.push(section.querySelector("tbody tr td:nth-child(2)").textContent.split(", ")[1]);
            section.querySelector("tbody tr").click(); told.push(section.querySelector("tr.detail pre").textContent);
            document.title = told.join(" | ");
            """;
        CliRun run = await Run("--remove", "maya-2025", "--format", "html");
        string html = Regex.Replace(run.Output, "<meta http-equiv[^>]*>", "");
        _tree.Write(
            "impact.html",
            html.Replace("</body>", $"<script>{Acts}</script></body>", StringComparison.Ordinal)
        );

        string dom = await browser.DumpDomAsync(new Uri(_tree.PathOf("impact.html")).AbsoluteUri);

        Regex
            .Match(dom, "<title>(.*?)</title>", RegexOptions.Singleline)
            .Groups[1]
            .Value.ShouldBe(
                "10,000 rows | 200 | 1,429 of 10,000 rows | 42 of 10,000 rows | line 199 | "
                    + "python-3.11 -&gt; python-3.10\nmaya-2025 -&gt; maya-2024"
            );
    }

    [FactNeeding(Need.Rez)]
    public async Task Python_reads_definitions_that_only_it_can_read()
    {
        Release("computed/1", "import json", "requires = json.loads('[\"python\"]')");
        _tree.Write(
            "added/computed/2/package.py",
            "name='computed'\nversion='2'\nimport json\nrequires = json.loads('[\"usd\"]')"
        );
        Release("late/1", "@late()\ndef requires():\n    return ['python-3.10']");
        _tree.Write("requests.txt", "computed\nlate\n");
        _tree.Write("python", $"#!/bin/sh\nPYTHONPATH='{RealRez.Source}' exec '{RealRez.Python}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_tree.PathOf("python"), UnixFileMode.UserExecute | UnixFileMode.UserRead);
        }
        string[] change = ["--remove", "python-3.11", "--add", _tree.PathOf("added"), "--format", "json"];

        JsonNode with = JsonNode.Parse((await Run([.. change, "--python", _tree.PathOf("python")])).Output)![
            "requests"
        ]!;
        JsonNode without = JsonNode.Parse((await Run(change)).Output)!["requests"]!;

        string Side(JsonNode requests, int request, string side) => requests[request]![side]!.ToJsonString();
        Side(with, 0, "before").ShouldContain("""["python-3.11","computed-1"]""");
        Side(with, 0, "after").ShouldContain("""["python-3.10","usd-1[0]","computed-2"]""");
        Side(without, 0, "before").ShouldContain("error");
        Side(with, 1, "before")
            .ShouldContain("what its @late functions compute depends on the request, and here many are resolved");
    }

    [Fact]
    public async Task Contexts_are_requests_and_a_directory_holds_many()
    {
        Directory.CreateDirectory(_tree.PathOf("shots/010"));
        string[] solve = ["solve", "--paths", Packages, "--no-implicit"];
        await CliRun.Of([.. solve, "maya", "--output", _tree.PathOf("shots/010/a.rxt")]);
        await CliRun.Of([.. solve, "usd", "--output", _tree.PathOf("shots/b.rxt")]);

        CliRun run = await CliRun.Of([
            "impact",
            "--paths",
            Packages,
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
    [InlineData("--remove maya-2025 {tree}/packages", "packages: no context (.rxt) found in it")]
    [InlineData("--remove maya-2025 {tree}/requests.txt", "not YAML")]
    [InlineData("--remove maya-2025 --fail-on never", "never")]
    [InlineData("--remove maya-2025 --format xml", "xml")]
    [InlineData("--remove maya-2025 --time-limit never", "never")]
    public async Task Invalid_input_gives_one_line(string arguments, string problem)
    {
        CliRun run = await Run([
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
        (await Run("--remove", "maya-2025")).ErrorLine.ShouldContain("no request found in ");
        _tree.Write("requests.txt", "maya\nusd --time 5\n");
        (await Run("--remove", "maya-2025")).ErrorLine.ShouldContain(
            "requests.txt, line 2: '--time' is not a requirement"
        );
    }

    /// <summary>
    /// Every line of a report is compared with two separate solves, in a repository with the version and in one without
    /// it. <c>RER_IMPACT_PACKAGES</c> names rez's benchmark packages, to use its 188 requests instead of 50 of the
    /// studio's. <c>RER_IMPACT_REMOVALS</c> is the number of popular versions to remove, one at a time.
    /// </summary>
    [Fact]
    public void A_report_says_what_two_separate_solves_say()
    {
        Book studio = EmbeddedStudio.Read();
        string? path = Environment.GetEnvironmentVariable("RER_IMPACT_PACKAGES");
        IPackageRepository packages = path is null ? studio.Repository : new FilesystemRepository([path]);
        ImpactRequest[] requests =
        [
            .. (
                path is null
                    ? studio.Cases.Take(50).Select(@case => @case.Request)
                    : BenchmarkBook.ReadAnswers(DataSet.BenchmarkAnswers).Select(@case => @case.Request)
            ).Select((request, i) => new ImpactRequest($"{i}", request)),
        ];
        int count = int.TryParse(Environment.GetEnvironmentVariable("RER_IMPACT_REMOVALS"), out int many) ? many : 3;
        var limited = new ResolveOptions { MaxFails = Question.MaxFails };
        int[] counts = new int[Enum.GetValues<ImpactKind>().Length];
        foreach (ResolvedPackage removed in Popular(packages, requests).Take(count))
        {
            World before = new(packages, new ResolveOptions(), []);
            World after = before with
            {
                Repository = new WithoutPackages(packages, [$"{removed.Name}-{removed.Version}"]),
            };
            MemoryPackageRepository copy = CopyWithout(packages, removed);

            ImpactReport report = ImpactFinder.Find(
                requests,
                before,
                after,
                maxExplained: 0,
                cancellationToken: TestContext.Current.CancellationToken
            );

            report.Count(ImpactKind.Unchanged).ShouldBeLessThan(requests.Length);
            foreach (RequestImpact impact in report.Requests)
            {
                Told(impact.Before)
                    .ShouldBe(Told(new FastResolver().Resolve(impact.Request.Request, packages, limited)));
                Told(impact.After).ShouldBe(Told(new FastResolver().Resolve(impact.Request.Request, copy, limited)));
                counts[(int)impact.Kind]++;
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", counts.Select((number, kind) => $"{(ImpactKind)kind}: {number}"))
        );
    }

    /// <summary>With a real rez: the number of requests is set by the variable, otherwise one.</summary>
    [FactNeeding(Need.Rez)]
    public async Task A_report_says_what_a_real_rez_says()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("RER_IMPACT_REZ"), out int many) ? many : 1;
        Book studio = EmbeddedStudio.Read();
        ImpactRequest[] all = [.. studio.Cases.Select(@case => new ImpactRequest("", @case.Request))];
        ResolvedPackage removed = Popular(studio.Repository, all).First();
        WriteStudio(studio.Repository);
        File.WriteAllText(
            _tree.PathOf("requests.json"),
            new JsonArray([
                .. all.Take(count).Select(one => new JsonArray([.. one.Request.Select(r => (JsonNode)r)])),
            ]).ToJsonString()
        );

        CliRun run = await CliRun.Of(
            "impact",
            "--paths",
            _tree.PathOf("studio"),
            "--no-implicit",
            "--requests",
            _tree.PathOf("requests.json"),
            "--remove",
            $"{removed.Name}-{removed.Version}",
            "--format",
            "json"
        );

        run.ExitCode.ShouldBe(0, run.Error);
        JsonArray told = JsonNode.Parse(run.Output)!["requests"]!.AsArray();
        foreach (string side in (string[])["before", "after"])
        {
            if (side == "after")
            {
                Directory.Delete(_tree.PathOf($"studio/{removed.Name}/{removed.Version}"), recursive: true);
            }
            for (int i = 0; i < count; i++)
            {
                Told(told[i]![side]!).ShouldBe(AskRez(all[i].Request), $"{side}: {string.Join(' ', all[i].Request)}");
            }
        }
    }

    private static IEnumerable<ResolvedPackage> Popular(
        IPackageRepository packages,
        IReadOnlyList<ImpactRequest> requests
    ) =>
        requests
            .Select(request => new FastResolver().Resolve(request.Request, packages))
            .OfType<SolvedResult>()
            .SelectMany(solved => solved.Packages)
            .GroupBy(package => package with { VariantIndex = null })
            .Where(group => packages.GetVersions(group.Key.Name).Count > 1)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key.Name, StringComparer.Ordinal)
            .Select(group => group.Key);

    private static MemoryPackageRepository CopyWithout(IPackageRepository source, ResolvedPackage removed) =>
        new(
            source
                .GetFamilies()
                .SelectMany(family =>
                    source
                        .GetVersions(family)
                        .Where(version => (family, version) != (removed.Name, removed.Version))
                        .Select(version => (family, version, source.GetDefinition(family, version)))
                )
        );

    private static string Told(ResolveResult result) =>
        result switch
        {
            SolvedResult solved => string.Join(' ', solved.Packages),
            FailedResult failed => failed.Failure.Description,
            // The names of the searched places differ.
            ErrorResult error => error.Message.Split(" (searched")[0],
            _ => "stopped",
        };

    private static string Told(JsonNode side) =>
        side["packages"] is { } packages
            ? string.Join(' ', packages.AsArray().Select(package => package!.GetValue<string>()))
            : "no resolve";

    private void WriteStudio(IPackageRepository source)
    {
        foreach (string family in source.GetFamilies())
        {
            foreach (string version in source.GetVersions(family))
            {
                PackageDefinition definition = source.GetDefinition(family, version);
                static string List(IEnumerable<string> texts) =>
                    $"[{string.Join(", ", texts.Select(text => $"'{text}'"))}]";
                _tree.Write(
                    $"studio/{family}/{version}/package.py",
                    $"name = '{family}'\nversion = '{version}'\nrequires = {List(definition.Requires)}\n"
                        + (
                            definition.Variants.Count > 0
                                ? $"variants = [{string.Join(", ", definition.Variants.Select(List))}]\n"
                                : ""
                        )
                );
            }
        }
    }

    private string AskRez(IReadOnlyList<string> request)
    {
        const string Ask = """
            import sys
            sys.path.insert(0, sys.argv[1])
            from rez.resolved_context import ResolvedContext
            from rez.exceptions import RezError
            try:
                c = ResolvedContext(sys.argv[3:], package_paths=[sys.argv[2]], add_implicit_packages=False)
                names = [v.qualified_package_name + ("" if v.index is None else "[%d]" % v.index) for v in c.resolved_packages or []]
                print(" ".join(names + list(map(str, c.resolved_ephemerals or []))) if c.success else "no resolve")
            except RezError:
                print("no resolve")
            """;
        var start = new ProcessStartInfo(
            RealRez.Python,
            ["-c", Ask, RealRez.Source, _tree.PathOf("studio"), .. request]
        )
        {
            RedirectStandardOutput = true,
        };
        start.Environment["REZ_CONFIG_FILE"] = "";
        start.Environment["REZ_DISABLE_HOME_CONFIG"] = "1";
        using Process rez = Process.Start(start)!;
        string output = rez.StandardOutput.ReadToEnd();
        rez.WaitForExit();
        rez.ExitCode.ShouldBe(0);
        return output.TrimEnd('\n');
    }
}
