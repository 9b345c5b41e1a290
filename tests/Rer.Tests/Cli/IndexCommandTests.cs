using Rer.Cli;

namespace Rer.Tests.Cli;

/// <summary>What <c>rer index</c>, and a solve from an index, print.</summary>
public sealed class IndexCommandTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rer-tests-");

    private string Packages => Path.Combine(_root.FullName, "packages");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Changes_are_listed_by_family_however_they_were_found()
    {
        string[] families = [.. Enumerable.Range(10, 60).Select(number => $"family{number}")];
        Array.ForEach(families, family => Release(family, "1"));
        Release("family10", "2");

        CliRun run = await CliRun.Of("index", "update", Packages);

        run.ExitCode.ShouldBe(0);
        string[] added =
        [
            .. run.Output.Split('\n').Where(line => line.StartsWith("  added ", StringComparison.Ordinal)),
        ];
        run.Output.ShouldContain("\nfamilies added: 60\n", customMessage: "files this new are surveyed twice");
        added[0].ShouldBe("  added family10: a family of 2 versions");
        added[1..].ShouldBe(families[1..].Select(family => $"  added {family}: a family of one version"));
    }

    [Fact]
    public async Task Statistics_count_the_families_that_the_index_answered_for()
    {
        Release("foo", "1");
        (await CliRun.Of("index", "update", Packages)).ExitCode.ShouldBe(0);

        CliRun run = await CliRun.Of(
            "solve",
            "foo",
            "-p",
            Packages,
            "--no-implicit",
            "--index",
            "published",
            "--stats"
        );

        run.Error.ShouldMatch(@"used for 1 family\n");
    }

    [Fact]
    public async Task The_directory_of_indexes_has_the_same_option_as_in_a_solve()
    {
        Release("foo", "1");
        string indexes = Path.Combine(_root.FullName, "indexes");
        Directory.CreateDirectory(indexes);

        foreach (string action in new[] { "update", "status", "verify" })
        {
            CliRun run = await CliRun.Of("index", action, Packages, "--index-dir", indexes);
            run.ExitCode.ShouldBe(0);
            run.Output.ShouldStartWith(indexes);
            run.Output.ShouldContain(": 1 family, 1 version, 1 definition, ");
        }
    }

    [Fact]
    public async Task A_mistyped_option_is_not_taken_for_a_package_path()
    {
        Release("foo", "1");

        CliRun run = await CliRun.Of("index", "update", Packages, "--familly", "foo");

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldBe(
            "rer: unrecognised option '--familly' (did you mean '--family'?); see 'rer index update --help'"
        );
    }

    [Fact]
    public async Task A_pipe_gets_the_resolved_packages_in_one_write()
    {
        Release("foo", "1", "requires = ['bar', 'baz']");
        Release("bar", "1");
        Release("baz", "1");
        string[] solve = ["solve", "foo", "-p", Packages, "--no-implicit", "-q"];
        using var output = new CountingWriter();

        await CommandLine.RunAsync(solve, new Terminal(output, TextWriter.Null), TestContext.Current.CancellationToken);

        output.ToString().ShouldBe("bar-1\nbaz-1\nfoo-1\n");
        output.Writes.ShouldBe(1);
    }

    [Fact]
    public async Task Each_action_tells_what_it_found()
    {
        Release("foo", "1");
        (await CliRun.Of("index", "status", Packages)).ErrorLine.ShouldBe(
            $"rer: {Packages}: there is no index; 'rer index update {Packages}' makes one"
        );
        (await CliRun.Of("index", "update", Packages, "-q")).ExitCode.ShouldBe(0);
        (await CliRun.Of("index", "status", Packages, "-q")).Output.ShouldContain("everything is up to date");

        Release("foo", "3");

        CliRun status = await CliRun.Of("index", "status", Packages);
        (status.ExitCode, (await CliRun.Of("index", "verify", Packages)).ExitCode).ShouldBe((1, 1));
        status.Output.ShouldContain("  changed foo: its versions may have changed\n");
        (await CliRun.Of("index", "update", Packages, "--family", "foo")).ExitCode.ShouldBe(0);
        (await CliRun.Of("index", "verify", Packages)).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("update")]
    [InlineData("status")]
    public async Task A_family_that_does_not_exist_is_invalid_input(string action)
    {
        Release("foo", "1");
        await CliRun.Of("index", "update", Packages);

        CliRun run = await CliRun.Of("index", action, Packages, "--family", "foo", "--family", "fooo");

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldBe("rer: there is no family 'fooo'");
    }

    [Theory]
    [InlineData("not an index at all, but long enough to be one: the header of an index has eighty bytes or so")]
    [InlineData("")]
    public async Task A_file_that_is_no_index_is_replaced(string content)
    {
        Release("foo", "1");
        string file = Path.Combine(Packages, ".rer", "index");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        (await CliRun.Of("index", "status", Packages)).ErrorLine.ShouldBe(
            $"rer: {file}: the index is not used: it is damaged, or was made by another version of rer"
        );

        (await CliRun.Of("index", "update", Packages)).ExitCode.ShouldBe(0);

        (await CliRun.Of("index", "status", Packages)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_package_path_that_does_not_exist_is_invalid_input()
    {
        CliRun run = await CliRun.Of("index", "update", Packages);

        (run.ExitCode, run.ErrorLine).ShouldBe((2, $"rer: {Packages}: no such directory"));
    }

    private void Release(string family, string version, string more = "")
    {
        string directory = Path.Combine(Packages, family, version);
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "package.py"), $"name = '{family}'\nversion = '{version}'\n{more}\n");
    }

    /// <summary>Counts what a stream that flushes after each text would pass on.</summary>
    private sealed class CountingWriter : StringWriter
    {
        public CountingWriter() => NewLine = "\n";

        public int Writes { get; private set; }

        public override void Write(string? value)
        {
            Writes++;
            base.Write(value);
        }

        public override void WriteLine(string? value)
        {
            Writes++;
            base.WriteLine(value);
        }
    }
}
