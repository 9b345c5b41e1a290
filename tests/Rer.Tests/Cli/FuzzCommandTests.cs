using Rer.Fuzz;

namespace Rer.Tests.Cli;

public sealed class FuzzCommandTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static Task<CliRun> Fuzz(params string[] arguments) =>
        CliRun.Of(terminal => new FuzzCommand(terminal), arguments);

    [Fact]
    public async Task A_short_run_covers_something_and_finds_nothing()
    {
        CliRun run = await Fuzz("--seconds", "1", "--seed", "3", "--output", _files.PathOf("found"));

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldMatch(@"^seed 3: [1-9][0-9]* solves in .* 0 differences\n");
        run.Output.ShouldContain("outcome: ");
        Directory.Exists(_files.PathOf("found")).ShouldBeFalse();
    }

    [Fact]
    public async Task One_example_can_be_asked_alone()
    {
        CliRun run = await Fuzz("--seed", "3", "--example", "0", "--output", _files.PathOf("found"));

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

        CliRun run = await Fuzz("--replay", book);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("reference: test, case 0: foo\n");
        run.Output.ShouldContain("fast: test, case 0: foo\n");
        run.Output.ShouldEndWith("\n4 cases, 2 differ\n");
    }

    [Fact]
    public async Task Invalid_input_gives_one_line()
    {
        (await Fuzz("--threads", "0")).ErrorLine.ShouldBe("fuzz: --threads must be at least 1; see 'fuzz --help'");
        (await Fuzz("--example", "3")).ErrorLine.ShouldBe(
            "fuzz: --example needs the --seed of the example; see 'fuzz --help'"
        );
        (await Fuzz("--seed", "3", "--example", "-3")).ExitCode.ShouldBe(2);
        (await Fuzz("--replay", _files.PathOf("nothing.json"))).ExitCode.ShouldBe(2);
    }
}
