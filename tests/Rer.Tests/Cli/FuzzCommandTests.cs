namespace Rer.Tests.Cli;

public sealed class FuzzCommandTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_short_run_covers_something_and_finds_nothing()
    {
        CliRun run = await CliRun.Of("fuzz", "--seconds", "1", "--seed", "3", "--output", _files.PathOf("found"));

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldMatch(@"^seed 3: [1-9][0-9]* solves in .* 0 differences\n");
        run.Output.ShouldContain("outcome: ");
        Directory.Exists(_files.PathOf("found")).ShouldBeFalse();
    }

    [Fact]
    public async Task One_example_can_be_asked_alone()
    {
        CliRun run = await CliRun.Of("fuzz", "--seed", "3", "--example", "0", "--output", _files.PathOf("found"));

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldMatch("^seed 3: [456] solves in .* 0 differences\n");
    }

    [Fact]
    public async Task A_book_is_replayed_through_both_engines()
    {
        string book = _files.WriteBook(
            """{"foo": {"1": {}}}""",
            """[{"request": ["foo"], "status": "failed"}, {"request": ["foo"], "status": "solved"}]"""
        );

        CliRun run = await CliRun.Of("fuzz", "--replay", book);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("reference: test, case 0: foo\n");
        run.Output.ShouldContain("fast: test, case 0: foo\n");
        run.Output.ShouldEndWith("\n4 cases, 2 differ\n");
    }

    [Fact]
    public async Task Wrong_input_is_one_line()
    {
        (await CliRun.Of("fuzz", "--threads", "0")).ErrorLine.ShouldBe(
            "rer: --threads must be at least 1; see 'rer fuzz --help'"
        );
        (await CliRun.Of("fuzz", "--example", "3")).ErrorLine.ShouldBe(
            "rer: --example needs the --seed that the example is of; see 'rer fuzz --help'"
        );
        (await CliRun.Of("fuzz", "--seed", "3", "--example", "-3")).ExitCode.ShouldBe(2);
        (await CliRun.Of("fuzz", "--replay", _files.PathOf("nothing.json"))).ExitCode.ShouldBe(2);
    }
}
