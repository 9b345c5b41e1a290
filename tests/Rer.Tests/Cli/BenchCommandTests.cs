using System.Runtime.InteropServices;
using System.Text.Json;

namespace Rer.Tests.Cli;

public sealed class BenchCommandTests : IDisposable
{
    private const string Packages = """{"foo": {"1": {"requires": ["bar"]}}, "bar": {"1": {}}}""";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Times_are_printed_as_a_table_for_a_readme()
    {
        string book = _files.WriteBook(Packages, """[{"request": ["foo"]}, {"request": ["bar"]}]""");

        CliRun run = await CliRun.Of("bench", "--workload", book, "--passes", "1");

        run.ExitCode.ShouldBe(0);
        string[] lines = run.Output.Split('\n');
        lines[0].ShouldStartWith("| engine    | cases | first pass, ms |");
        lines[1].ShouldStartWith("| :-------- | ----: | ");
        lines[2].ShouldStartWith("| reference |     2 |");
        lines[3].ShouldStartWith("| fast      |     2 |");
        lines[4].ShouldBeEmpty();
        lines[5].ShouldStartWith($"Workload {book}, 1 + 1 passes, one thread; rer ");
        lines[5].ShouldContain($"; {DateTime.UtcNow:yyyy-MM-dd}; ");
        lines[5]
            .ShouldEndWith($" cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}.");
        run.Output.ShouldContain("fast: cases by time, each at its best\n");
    }

    [Fact]
    public async Task Times_have_the_fields_that_scripts_count_on()
    {
        string book = _files.WriteBook(Packages, """[{"request": ["foo"]}, {"request": ["bar"]}]""");

        CliRun run = await CliRun.Of("bench", "-w", book, "--engine", "fast", "--passes", "2", "--json");

        JsonElement result = JsonElement.Parse(run.Output);
        result
            .EnumerateObject()
            .Select(field => field.Name)
            .ShouldBe(["workload", "date", "version", "machine", "engines"]);
        JsonElement engine = result.GetProperty("engines")[0];
        engine
            .EnumerateObject()
            .Select(field => field.Name)
            .ShouldBe([
                "name",
                "cases",
                "first_pass_total_ms",
                "best_total_ms",
                "median_total_ms",
                "mean_ms",
                "median_ms",
                "p95_ms",
                "max_ms",
                "allocated_bytes_per_solve",
                "ratio_to_rez",
            ]);
        engine.GetProperty("name").GetString().ShouldBe("fast");
        engine.GetProperty("cases").GetInt32().ShouldBe(2);
        double best = engine.GetProperty("best_total_ms").GetDouble();
        best.ShouldBeGreaterThan(0);
        best.ShouldBeLessThanOrEqualTo(engine.GetProperty("median_total_ms").GetDouble());
        engine.GetProperty("mean_ms").GetDouble().ShouldBe(best / 2, 1e-5);
        engine.GetProperty("ratio_to_rez").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Differing_answers_are_shown_instead_of_times()
    {
        string book = _files.WriteBook(Packages, """[{"request": ["foo"], "status": "failed"}]""");

        CliRun run = await CliRun.Of("bench", "-w", book, "--engine", "fast", "--passes", "0");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBe(
            """
            test, case 0, fast against the record: foo
              status
                expected  failed
                got       solved

            """.ReplaceLineEndings("\n")
        );
        run.ErrorLine.ShouldBe("rer: the answers differ, so nothing was timed");
    }

    [Theory]
    [InlineData("--passes must be at least 0", "--passes", "-1")]
    [InlineData("Cannot parse argument 'few' for option '--passes'", "--passes", "few")] // its value was read first
    [InlineData("no such file", "--workload", "nothing.json")]
    [InlineData("cannot be started", "--rez-python", "no-such-python")]
    public async Task Invalid_input_gives_one_line(string expected, params string[] arguments)
    {
        CliRun run = await CliRun.Of(["bench", "--engine", "fast", .. arguments]);

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldContain(expected);
    }
}
