using System.Text.Json;
using System.Text.RegularExpressions;
using Rer.Tests.Repositories;

namespace Rer.Tests.Cli;

/// <summary><c>rer audit</c> on packages made to have problems.</summary>
public sealed class AuditTests : IDisposable
{
    private readonly PackageTree _tree = new();
    private readonly TemporaryFiles _files = new();

    public AuditTests()
    {
        Add("base/1", "");
        Add("base/2", "");
        Add("fine/1", "requires = ['base-1+', '!nowhere', '~elsewhere-3']");
        _tree.Write("main/broken/1.0/package.py", "name = 'broken'\nversion = '1.0'\nrequires = ['base'\nx = 1\n");
        Add("lost/1", "requires = ['nowhere-2']");
        Add("low/1", "requires = ['base-7']");
        Add("needs2/1", "requires = ['base-2']");
        Add("clash/1", "requires = ['base-1', 'needs2']");
        Add("clash/2", "requires = ['base-1', 'needs2']");
        Add("twin/1", "variants = [['base-1'], ['base-2'], ['base-1']]");
        Add("odd/1", "variants = [['base-1'], ['base-1', 'needs2']]");
        Add("hidden/1", "");
        Add("hidden/2", "");
        _tree.Write("main/hidden/.ignore1");
        _tree.Write("main/hidden/.ignore9");
        _tree.Write("later/base/2/package.py", "name = 'base'\nversion = '2'\n");
        _tree.Write("later/base/3/package.py", "name = 'base'\nversion = '3'\n");
    }

    private string Paths => $"{_tree.PathOf("main")}{Path.PathSeparator}{_tree.PathOf("later")}";

    public void Dispose()
    {
        _tree.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Every_kind_of_finding_is_found_and_no_other()
    {
        JsonElement report = await AuditAsync("--variants");

        Found(report)
            .ShouldBe([
                "unreadable broken-1.0",
                "does-not-resolve clash-1",
                "does-not-resolve clash-2",
                "does-not-resolve lost-1",
                "does-not-resolve low-1",
                "variant-does-not-resolve odd-1[1]",
                "missing-family lost-1",
                "empty-range low-1",
                "never-chosen twin-1[0]",
                "ignored hidden-1",
                "shadowed base-2",
            ]);
        report.GetProperty("packages").GetInt32().ShouldBe(13);
    }

    [Fact]
    public async Task A_finding_has_its_file_and_line()
    {
        JsonElement report = await AuditAsync();

        JsonElement broken = Finding(report, "broken-1.0");
        broken.GetProperty("path").GetString().ShouldBe(_tree.PathOf("main/broken/1.0/package.py"));
        broken.GetProperty("line").GetInt32().ShouldBeInRange(3, 4);
        Finding(report, "lost-1").GetProperty("path").GetString().ShouldBe(_tree.PathOf("main/lost/1/package.py"));
        Finding(report, "hidden-1").GetProperty("path").GetString().ShouldBe(_tree.PathOf("main/hidden/.ignore1"));
    }

    [Fact]
    public async Task Failures_with_one_cause_are_grouped_with_the_smallest_core()
    {
        JsonElement report = await AuditAsync();

        int cause = Finding(report, "clash-1").GetProperty("cause").GetInt32();
        Finding(report, "clash-2").GetProperty("cause").GetInt32().ShouldBe(cause);
        JsonElement clash = report.GetProperty("causes")[cause];
        Texts(clash.GetProperty("core"))
            .ShouldBe(["clash requires base-1", "clash requires needs2", "needs2 requires base-2"]);
        clash.GetProperty("minimal").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_release_that_broke_it_is_reported()
    {
        Add("lib/1", "timestamp = 50");
        Add("lib/2", "timestamp = 200\nrequires = ['nowhere-2']");
        Add("other/1", "timestamp = 150");
        Add("app/1", "timestamp = 100\nrequires = ['lib']");
        Add("late/1", "timestamp = 300\nrequires = ['lib']");
        Add("timeless/1", "requires = ['lib']");

        JsonElement report = await AuditAsync();

        JsonElement since = Since(report, "app-1");
        since.GetProperty("time").GetInt64().ShouldBe(200);
        Texts(since.GetProperty("packages")).ShouldBe(["lib-2"]);
        since.GetProperty("example").GetString().ShouldBe("app-1");
        // Packages that were broken from the beginning have the same cause, and the release is reported with its
        // example.
        Since(report, "lib-2").GetProperty("example").GetString().ShouldBe("app-1");
        Texts(Cause(report, "app-1").GetProperty("core")).ShouldBe(["lib requires nowhere-2"]);
        Since(report, "low-1").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_table_is_grouped_by_cause()
    {
        CliRun run = await CliRun.Of("audit", "-p", Paths, "--ni");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("error: does-not-resolve: ");
        run.Output.ShouldContain("  clash requires base-1; clash requires needs2; needs2 requires base-2 (2)\n");
        run.Output.ShouldContain("    clash-1, clash-2\n");
        run.Output.ShouldContain("  base-7, but no version is in that range (versions: 1, 2, 3)\n");
        run.Output.ShouldEndWith("13 packages of 10 families, 12 resolves: 5 errors, 3 warnings, 2 notes\n");
    }

    [Fact]
    public async Task Findings_in_the_baseline_do_not_fail()
    {
        CliRun before = await CliRun.Of("audit", "-p", Paths, "--ni", "--format", "json");
        string baseline = _files.Write("baseline.json", before.Output);

        CliRun same = await CliRun.Of("audit", "-p", Paths, "--ni", "--baseline", baseline);
        Add("new/1", "requires = ['base-8']");
        CliRun after = await CliRun.Of("audit", "-p", Paths, "--ni", "--baseline", baseline, "--format", "json");

        same.ExitCode.ShouldBe(0);
        same.Output.ShouldContain("10 already in the baseline");
        after.ExitCode.ShouldBe(1);
        Found(JsonDocument.Parse(after.Output).RootElement).ShouldBe(["does-not-resolve new-1", "empty-range new-1"]);
    }

    [Fact]
    public async Task Notes_alone_do_not_fail()
    {
        using PackageTree tree = new PackageTree()
            .Write("foo/1/package.py", "name = 'foo'\nversion = '1'\n")
            .Write("foo/.ignore1")
            .Write("foo/2/package.py", "name = 'foo'\nversion = '2'\n");

        CliRun run = await CliRun.Of("audit", "-p", tree.Root, "--ni");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("note: ignored: ");
    }

    [Fact]
    public async Task Sarif_names_rules_places_and_fingerprints()
    {
        CliRun run = await CliRun.Of("audit", "-p", Paths, "--ni", "--format", "sarif");

        JsonElement log = JsonDocument.Parse(run.Output).RootElement;
        log.GetProperty("version").GetString().ShouldBe("2.1.0");
        JsonElement only = log.GetProperty("runs")[0];
        string[] rules =
        [
            .. only.GetProperty("tool")
                .GetProperty("driver")
                .GetProperty("rules")
                .EnumerateArray()
                .Select(rule => rule.GetProperty("id").GetString()!),
        ];
        JsonElement[] results = [.. only.GetProperty("results").EnumerateArray()];
        results.Length.ShouldBe(10);
        results.ShouldAllBe(result => rules.Contains(result.GetProperty("ruleId").GetString()));
        JsonElement broken = results[0];
        broken.GetProperty("level").GetString().ShouldBe("error");
        JsonElement place = broken.GetProperty("locations")[0].GetProperty("physicalLocation");
        new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath.ShouldBe(
            _tree.PathOf("main/broken/1.0/package.py")
        );
        place.GetProperty("region").GetProperty("startLine").GetInt32().ShouldBeInRange(3, 4);
        broken.GetProperty("partialFingerprints").GetProperty("rer/v1").GetString().ShouldBe("unreadable:broken-1.0");
    }

    [Fact]
    public async Task A_browser_shows_causes_and_findings()
    {
        Browser browser = Browser.OrSkip();
        CliRun run = await CliRun.Of("audit", "-p", Paths, "--ni", "--format", "html");
        string page = _files.Write("audit.html", run.Output);

        string dom = await browser.DumpDomAsync(new Uri(page).AbsoluteUri);

        run.ExitCode.ShouldBe(1);
        dom.ShouldContain("clash requires base-1; clash requires needs2; needs2 requires base-2");
        dom.ShouldContain(">10 rows<");
        Regex.Count(dom, "<td class=\"Choice\"><span class=\"error\">error</span>").ShouldBe(9);
    }

    /// <summary>A pipeline with a misspelt path must not pass.</summary>
    [Fact]
    public async Task An_audit_of_nothing_is_an_error()
    {
        Directory.CreateDirectory(_tree.PathOf("empty"));

        CliRun run = await CliRun.Of("audit", "-p", _tree.PathOf("empty"), "--ni");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBe("");
        run.ErrorLine.ShouldContain($"nothing to audit: no package found in {_tree.PathOf("empty")}");
    }

    [Theory]
    [InlineData("gone.json", "gone.json: no such file")]
    [InlineData("empty.json", "empty.json: not JSON: ")]
    [InlineData("other.json", "other.json: this is not an audit; make one with 'rer audit --format json'")]
    [InlineData(".", ": is a directory, not a file")]
    public async Task An_invalid_baseline_is_an_error(string name, string problem)
    {
        _files.Write("empty.json", "");
        _files.Write("other.json", "{\"findings\": {}}");

        CliRun run = await CliRun.Of("audit", "-p", Paths, "--baseline", _files.PathOf(name));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(problem);
        run.Error.Trim().ShouldNotContain("\n");
    }

    private void Add(string place, string fields)
    {
        string[] parts = place.Split('/');
        _tree.Write($"main/{place}/package.py", $"name = '{parts[0]}'\nversion = '{parts[1]}'\n{fields}\n");
    }

    private async Task<JsonElement> AuditAsync(params string[] arguments)
    {
        CliRun run = await CliRun.Of(["audit", "-p", Paths, "--ni", "--format", "json", .. arguments]);
        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(1);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static string[] Found(JsonElement report) =>
        [
            .. report
                .GetProperty("findings")
                .EnumerateArray()
                .Select(finding => $"{finding.GetProperty("rule")} {finding.GetProperty("package")}"),
        ];

    private static JsonElement Finding(JsonElement report, string package) =>
        report
            .GetProperty("findings")
            .EnumerateArray()
            .First(finding => finding.GetProperty("package").GetString() == package);

    private static JsonElement Since(JsonElement report, string package) => Cause(report, package).GetProperty("since");

    private static JsonElement Cause(JsonElement report, string package) =>
        report.GetProperty("causes")[Finding(report, package).GetProperty("cause").GetInt32()];

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
