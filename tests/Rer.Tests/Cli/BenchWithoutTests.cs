using System.Reflection;
using Rer.Books;
using Rer.Cli.Benchmarking;
using Rer.Solving;

namespace Rer.Tests.Cli;

/// <summary><c>rer bench --without</c>: how much an optimisation gains.</summary>
public sealed class BenchWithoutTests : IDisposable
{
    private const string Packages = """{"foo": {"1": {"requires": ["bar"]}}, "bar": {"1": {}}}""";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task An_engine_without_an_optimisation_is_timed_together_with_the_full_one()
    {
        string book = _files.WriteBook(Packages, """[{"request": ["foo"]}]""");

        CliRun run = await CliRun.Of("bench", "-w", book, "--passes", "2", "--without", "CutOnBits");

        run.ExitCode.ShouldBe(0);
        string[] lines = run.Output.Split('\n');
        lines[2].ShouldStartWith("| fast ");
        lines[3].ShouldStartWith("| fast without CutOnBits ");
        lines.ShouldContain(line => line.StartsWith("CutOnBits: steady ×", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_switch_is_an_error_that_lists_the_known_ones()
    {
        CliRun run = await CliRun.Of("bench", "--without", "Nothing");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("Nothing");
        run.Error.ShouldContain("JoinedTables");
    }

    /// <summary>
    /// An engine keeps what it has compiled with the repository object, and all engines share it. A first pass compiles.
    /// </summary>
    [Fact]
    public void Each_first_pass_is_on_a_repository_that_no_engine_knows()
    {
        Book book = BookFile
            .Read(_files.WriteBook(Packages, """[{"request": ["foo"]}, {"request": ["bar"]}]"""))
            .Single();
        List<List<IPackageRepository>> seen = [];
        int solves = 0;

        EngineTimes[] times = EngineClock.RunInTurns(
            () => [("a", new Watched(Watch())), ("b", new Watched(Watch()))],
            book,
            passes: 2,
            () => solves++,
            TestContext.Current.CancellationToken
        );

        seen.ShouldAllBe(solved => solved.Distinct().Count() == 1);
        seen.Select(solved => solved[0]).ShouldBeUnique();
        solves.ShouldBe(EngineClock.PassesInTurns(2) * 2 * 2);
        times.Select(engine => (engine.Name, engine.Passes.Count)).ShouldBe([("a", 3), ("b", 3)]);

        List<IPackageRepository> Watch()
        {
            seen.Add([]);
            return seen[^1];
        }
    }

    private sealed class Watched(List<IPackageRepository> seen) : IResolver
    {
        public string Name => "watched";

        public ResolveResult Resolve(
            IReadOnlyList<string> request,
            IPackageRepository repository,
            ResolveOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            seen.Add(repository);
            return new FastResolver().Resolve(request, repository, options, cancellationToken);
        }
    }

    [Fact]
    public void Every_switch_can_be_turned_off_alone()
    {
        PropertyInfo[] switches = typeof(EngineSwitches).GetProperties(BindingFlags.Instance | BindingFlags.Public);
        EngineSwitches.WithoutOne.Keys.ShouldBe(switches.Select(s => s.Name), ignoreOrder: true);
        foreach ((string name, EngineSwitches without) in EngineSwitches.WithoutOne)
        {
            switches.Where(s => !(bool)s.GetValue(without)!).Select(s => s.Name).ShouldBe([name]);
        }
    }
}
