using System.Text.Json.Nodes;

namespace Rer.Tests.Cli;

/// <summary>The release that broke a request, as <c>rer bisect</c> reports it.</summary>
public sealed class BisectTests
{
    private const string Base = BisectHistoryTests.Base;

    private const string Broken = """
        12 tool-1 maya; 12 nuke-1; 20 tool-2 maya python-3.11; 20 nuke-2; 30 maya-2025 python-3.10; 40 tool-3 maya-2025;
        - python-3.11; - ocio-1; 50 maya-2026 python-9; 50 maya-2027 maya-2026; 60 houdini-1
        """;

    [Fact]
    public async Task The_release_is_reported_with_its_path_and_its_changes()
    {
        using var tree = new ReleaseTree(Base + Broken);

        CliRun run = await Run(tree, "tool", "nuke", "ocio", "--good", "12", "--bad", "45");

        run.Error.ShouldBe("");
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe(
            $"""
            the request resolves to something else since 1970-01-01 00:00:20 (20), because of the release of:
              nuke-2  {tree.PathOf("1/nuke/2")}
              released at the same time, and not to blame: tool-2

            what it changed:
              nuke-1 -> nuke-2  newer

            release times tried: 3
            without a timestamp, and so counted as always released: ocio-1

            """
        );
    }

    [Fact]
    public async Task The_core_is_reported_if_there_is_no_resolve()
    {
        using var tree = new ReleaseTree("12 a-1 b; 12 b-1; 20 b-2 nothing-3; 20 c-1");

        CliRun run = await Run(tree, "a", "--good", "12");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldBe(
            $"""
            the request does not resolve since 1970-01-01 00:00:20 (20), because of the release of:
              b-2  {tree.PathOf("1/b/2")}

            in rez's words:
              package family not found: nothing, was required by: b (searched: {tree.PathOf("1")}; {tree.PathOf("2")})
            these contradict each other:
              a (requested)
              b (required by a)
              nothing-3 (required by b)

            release times tried: 1

            """
        );
    }

    [Fact]
    public async Task All_releases_that_broke_or_fixed_it_are_reported()
    {
        using var tree = new ReleaseTree("12 x-1 y; 12 y-1; 20 x-2; 30 x-3 y; 40 x-4; 40 y-2");

        CliRun run = await Run(tree, "x", "--good", "15", "--resolves-to", "y");

        run.Output.ShouldBe(
            $"""
            the request does not resolve to y since 1970-01-01 00:00:40 (40), because of the release of:
              x-4  {tree.PathOf("1/x/4")}
              released at the same time, and not to blame: y-2

            what it changed:
              y-1 -> nothing  removed
              x-3 -> x-4  newer

            release times tried: 3
            it changed 3 times:
              1970-01-01 00:00:20 (20)  broken with x-2
              1970-01-01 00:00:30 (30)  mended with x-3
              1970-01-01 00:00:40 (40)  broken with x-4, y-2

            """
        );
    }

    [Fact]
    public async Task The_json_contains_everything()
    {
        using var tree = new ReleaseTree(Base + Broken);

        CliRun run = await Run(tree, "tool", "nuke", "--good", "12", "--bad", "45", "--format", "json");

        JsonNode told = JsonNode.Parse(run.Output)!;
        told["aim"]!.GetValue<string>().ShouldBe("resolves-to-the-same");
        told["culprit"]!["time"]!.GetValue<long>().ShouldBe(20);
        told["culprit"]!["releases"]![0]!["package"]!.GetValue<string>().ShouldBe("nuke-2");
        told["culprit"]!["releases"]![0]!["path"]!.GetValue<string>().ShouldBe(tree.PathOf("1/nuke/2"));
        told["culprit"]!["before"]!["packages"]!.AsArray().Count.ShouldBe(4);
        told["times"]!.GetValue<int>().ShouldBe(3);
    }

    [Theory]
    [InlineData("maya", "Option '--good' is required")]
    [InlineData("maya --good yesterday", "'yesterday' is not a time")]
    [InlineData("maya --good 12 --bad never", "'never' is not a time")]
    [InlineData("maya --good -5", "the good time -5 is not valid")]
    [InlineData("maya --good 12 --time 5", "unrecognised option '--time'")]
    [InlineData("maya --good 12 --resolves-to !maya", "'!maya' is not a package")]
    [InlineData("maya --good 12 --resolves-to nuke", "resolves without nuke, not to nuke")]
    [InlineData("maya-2024- --good 12", "maya-2024-")]
    [InlineData("nothing --good 12", "Package family not found: nothing")]
    [InlineData("--good 12", "no REQUEST")]
    [InlineData("maya --good 12 --format html", "html")]
    public async Task Invalid_input_gives_one_line(string arguments, string problem)
    {
        using var tree = new ReleaseTree(Base);

        CliRun run = await Run(tree, arguments.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.ErrorLine.ShouldContain(problem);
        run.Output.ShouldBe("");
    }

    private static Task<CliRun> Run(ReleaseTree tree, params string[] arguments) =>
        CliRun.Of(["bisect", "--paths", tree.Paths, "--no-implicit", .. arguments]);
}
