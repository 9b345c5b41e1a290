using System.Text.Json;
using Rer.Tests.Repositories;

namespace Rer.Tests.Cli;

/// <summary><c>rer bench --paths</c>, which starts processes and reads packages from disk.</summary>
public sealed class BenchWayTests : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly PackageTree _tree = new PackageTree()
        .Write("foo/1/package.py", "name = 'foo'\nversion = '1'\nrequires = ['bar']\n")
        .Write("bar/2.0/package.py", "name = 'bar'\nversion = '2.0'\nvariants = [['baz'], []]\n")
        .Age();

    public void Dispose()
    {
        _files.Dispose();
        _tree.Dispose();
    }

    private string Book => _files.WriteBook("{}", """[{"request": ["foo"]}, {"request": ["bar", "!foo"]}]""");

    [Fact]
    public async Task Each_way_is_timed_and_shown()
    {
        CliRun run = await CliRun.Of("bench", "--workload", Book, "--paths", _tree.Root, "--index", "published");

        run.ExitCode.ShouldBe(0, run.Error);
        string[] lines = run.Output.Split('\n');
        lines[0].ShouldStartWith("| way                      | requests | median, ms |");
        lines[2].ShouldStartWith("| rer, first resolve       |        2 |");
        lines[3].ShouldStartWith("| rer, warm index          |        2 |");
        lines[4].ShouldStartWith("| rer, index, published    |        2 |");
        lines[5].ShouldStartWith("| rer, next in the process |        2 |");
        run.Output.ShouldContain($"Workload {_files.PathOf("book.json")}; rer ");
        run.Output.ShouldContain("\nrer, warm index: requests by time\n");
    }

    [Fact]
    public async Task Rez_is_timed_too_and_the_page_has_plots()
    {
        string rez = FakeRez("""{"first_ms": 5e6, "next_ms": 4e6, "status": "failed", "resolved": []}""");
        string book = _files.WriteBook("{}", """[{"request": ["foo-2"]}]""");
        _tree.Write("foo/2/package.py", "name = 'foo'\nversion = '2'\nrequires = ['bar-2', '!bar']\n").Age();
        string page = _files.PathOf("bench.html");

        CliRun run = await CliRun.Of([
            "bench",
            "-w",
            book,
            "--paths",
            _tree.Root,
            "--rez-python",
            rez,
            "--html",
            page,
            "--json",
        ]);

        // A package that contradicts itself is an error in rer, and rez raises an exception, so neither is timed.
        run.ExitCode.ShouldBe(1, run.Error);
        run.Output.ShouldContain("packages on disk, rer against rez: foo-2");
        File.Exists(page).ShouldBeFalse();

        rez = FakeRez("""{"first_ms": 5e6, "next_ms": 4e6, "status": "solved", "resolved": [["bar", "2.0", 1]]}""");
        run = await CliRun.Of([
            "bench",
            "-w",
            _files.WriteBook("{}", """[{"request": ["bar"]}, {"request": ["bar"]}, {"request": ["bar"]}]"""),
            "--paths",
            _tree.Root,
            "--requests",
            "2",
            "--rez-python",
            rez,
            "--html",
            page,
            "--json",
        ]);

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        JsonElement stages = JsonElement.Parse(run.Output).GetProperty("stages");
        stages
            .EnumerateArray()
            .Select(stage => stage.GetProperty("name").GetString())
            .ShouldBe([
                "rez, first resolve",
                "rez, its caches filled",
                "rer, first resolve",
                "rer, warm index",
                "rer, next in the process",
            ]);
        stages[0].GetProperty("median_ms").GetDouble().ShouldBe(5e6);
        JsonElement cold = stages[2];
        cold.GetProperty("requests").GetInt32().ShouldBe(2);
        cold.GetProperty("median_loading_ms").GetDouble().ShouldBeGreaterThan(0);
        double ratio = cold.GetProperty("ratio_to").GetProperty("rez, first resolve").GetDouble();
        ratio.ShouldBeGreaterThan(1);
        (ratio * 4 / 5).ShouldBe(
            cold.GetProperty("ratio_to").GetProperty("rez, its caches filled").GetDouble(),
            ratio * 1e-6
        );

        string html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        html.ShouldContain("<td>rer, warm index</td>");
        html.ShouldContain("aria-label=\"rez, its caches filled\"");
        html.ShouldContain("class=\"loading\"");
        html.ShouldNotContain("{{");
        html.ShouldNotContain("http", Shouldly.Case.Insensitive);
    }

    [Fact]
    public async Task A_slow_disk_is_simulated_in_every_process()
    {
        CliRun run = await CliRun.Of([
            "bench",
            "-w",
            Book,
            "--requests",
            "1",
            "--paths",
            _tree.Root,
            "--round-trip",
            "40",
            "--index",
            "published",
            "--json",
        ]);

        run.ExitCode.ShouldBe(0, run.Error);
        JsonElement[] stages = [.. JsonElement.Parse(run.Output).GetProperty("stages").EnumerateArray()];
        // The index is opened and read wherever it is, and no definition is.
        stages[2].GetProperty("name").GetString().ShouldBe("rer, index, published");
        stages[2].GetProperty("median_loading_ms").GetDouble().ShouldBe(0);
        JsonElement first = stages[0];
        // A family is opened and listed, and a definition opened and read, one after another.
        first.GetProperty("median_listing_ms").GetDouble().ShouldBeGreaterThan(80);
        first.GetProperty("median_loading_ms").GetDouble().ShouldBeGreaterThan(80);
    }

    [Fact]
    public async Task The_page_of_engines_has_plots()
    {
        string page = _files.PathOf("bench.html");

        CliRun run = await CliRun.Of(["bench", "--engine", "fast", "--passes", "1", "--html", page]);

        run.ExitCode.ShouldBe(0, run.Error);
        string html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        html.ShouldContain("<td>fast</td><td>188</td>");
        html.ShouldContain("aria-label=\"fast\"");
        html.ShouldNotContain("{{");
    }

    [Theory]
    [InlineData("--requests must be at least 1", "--requests", "0")]
    [InlineData("--round-trip must be a number from 0 to 10000", "--round-trip", "-1")]
    [InlineData("--round-trip must be a number from 0 to 10000", "--round-trip", "1e9")]
    [InlineData("'x'", "--round-trip", "x")]
    [InlineData("'off'", "--index", "off")]
    [InlineData("cannot be started", "--rez-python", "no-such-python")]
    [InlineData("cannot write the report", "--html", "no/such/directory/report.html")]
    public async Task Invalid_input_gives_one_line(string expected, params string[] arguments)
    {
        CliRun run = await CliRun.Of(["bench", "-w", Book, "--paths", _tree.Root, .. arguments]);

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldContain(expected);
    }

    /// <summary>A program that answers like the script that times rez.</summary>
    private string FakeRez(string answer)
    {
        string path = _files.Write("python", $"#!/bin/sh\necho '{answer}'\n");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("A shell script stands for Python.");
        }
        else
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return path;
    }
}
