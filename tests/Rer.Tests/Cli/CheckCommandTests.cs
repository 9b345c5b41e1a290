namespace Rer.Tests.Cli;

public sealed class CheckCommandTests : IDisposable
{
    private const string Packages = """{"foo": {"1": {}, "2": {}}}""";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("fast")]
    [InlineData("reference")]
    public async Task Equal_answers_are_counted(string engine)
    {
        string book = _files.WriteBook(
            Packages,
            """[{"request": ["foo"], "status": "solved", "resolved": [["foo", "2", null]], "num_solves": 2}]"""
        );

        CliRun run = await CliRun.Of("check", book, "--engine", engine);

        run.ShouldBe(new CliRun(0, "1 cases, 0 differ\n", ""));
    }

    [Fact]
    public async Task Differences_are_shown_field_by_field()
    {
        string book = _files.WriteBook(
            Packages,
            """
            [{"request": ["foo<2"], "status": "solved", "resolved": [["foo", "2", 0]], "num_solves": 7},
             {"request": ["foo-3"], "status": "solved"},
             {"request": ["foo-1"], "status": "solved"}]
            """
        );

        CliRun run = await CliRun.Of("check", book);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBe(
            """
            test, case 0: foo<2
              resolved
                expected  foo-2[0]
                got       foo-1[]
              num_solves
                expected  7
                got       1
            test, case 1: foo-3
              status
                expected  solved
                got       error: Package could not be found: foo-3
            3 cases, 2 differ

            """.ReplaceLineEndings("\n")
        );
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("reference")]
    public async Task Vectors_of_versions_are_checked_too(string engine)
    {
        CliRun run = await CliRun.Of("check", DataSet.VersionVectors, "--engine", engine);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldEndWith(" cases, 0 differ\n");
    }

    [Fact]
    public async Task Vectors_that_differ_are_shown()
    {
        string vectors = _files.Write(
            "vectors.json",
            """{"sorted_versions": ["2", "1"], "equal_pairs": [["1", "1.0"]]}"""
        );

        CliRun run = await CliRun.Of("check", vectors);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("order of 1 , 1.0");
    }

    [Fact]
    public async Task The_files_of_the_benchmark_belong_together()
    {
        CliRun run = await CliRun.Of("check", "--requests", "requests.json");

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldBe(
            "rer: --requests, --packages and --expected must be given together; see 'rer check --help'"
        );
    }

    [Fact]
    public async Task Something_must_be_checked()
    {
        CliRun run = await CliRun.Of("check");

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldStartWith("rer: name at least one BOOK");
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        CliRun run = await CliRun.Of("check", _files.PathOf("nothing.json"));

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldEndWith("nothing.json: no such file");
    }
}
