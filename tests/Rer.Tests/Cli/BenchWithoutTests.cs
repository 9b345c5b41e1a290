using System.Reflection;
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
