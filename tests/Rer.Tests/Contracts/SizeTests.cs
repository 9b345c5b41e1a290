using Rer.Tests.Engines;

namespace Rer.Tests.Contracts;

/// <summary>
/// Large but simple input takes proportional time: many requirements, equal or different, in any place. No other test
/// runs beside these, because they measure the processor time of the process.
/// </summary>
[Collection<MeasuredAlone>]
public class SizeTests
{
    private const int Many = 100_000;

    /// <summary>
    /// rez takes 4 s for the equal ones. The fast engine used to compare each with all earlier ones, and took 20 s.
    /// </summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(4);

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Many_equal_requirements_of_a_package_take_linear_time(string engine) =>
        Solve(engine, ["app"], [.. Enumerable.Repeat("lib-1+", Many)]);

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Many_equal_requirements_of_a_request_take_linear_time(string engine) =>
        Solve(engine, [.. Enumerable.Repeat("lib-1+", Many), "app"], ["lib"]);

    [Theory]
    [MemberData(nameof(AllEngines.Names), MemberType = typeof(AllEngines))]
    public void Many_conflicts_with_different_families_take_linear_time(string engine) =>
        Solve(engine, ["app"], [.. Enumerable.Range(0, Many / 4).Select(i => $"!other{i}"), "lib"]);

    private static void Solve(string engine, string[] request, string[] requires)
    {
        MemoryPackageRepository packages = new([
            ("app", "1", new() { Requires = requires }),
            ("lib", "1", new()),
            ("lib", "2", new()),
        ]);
        TimeSpan before = Environment.CpuUsage.TotalTime;

        SolvedResult result = AllEngines.Resolver(engine).Resolve(request, packages).ShouldBeOfType<SolvedResult>();

        TimeSpan taken = Environment.CpuUsage.TotalTime - before;
        result.Packages.Select(package => package.ToString()).ShouldBe(["lib-2", "app-1"]);
        taken.ShouldBeLessThan(s_bound);
    }
}

/// <summary>Tests that no other test runs beside.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class MeasuredAlone;
