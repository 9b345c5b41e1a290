using System.Reflection;
using Rer.Tests.Corpus;

namespace Rer.Tests;

/// <summary>
/// A single report for all tests that are left out because the same thing is missing, with the command that runs them.
/// </summary>
public class NeedTests
{
    [Fact]
    public void A_real_rez_is_asked()
    {
        int tests = CountOf(Need.Rez);
        Assert.SkipUnless(
            RealRez.IsThere,
            $"{tests} tests need a real rez and are left out. To run them, name the src folder of a rez checkout and a "
                + "Python: REZ_SRC=DIR REZ_PYTHON=python3 dotnet test -c Release"
        );
        tests.ShouldBePositive();
    }

    [Fact]
    public void The_requests_of_rezs_benchmark_are_solved()
    {
        int tests = CountOf(Need.BenchmarkData);
        // On a build machine, missing data does not cause tests to be left out.
        if (!RezBenchmark.IsThere && ContinuousIntegration.IsOn)
        {
            Assert.Fail(RezBenchmark.WhereToGetIt);
        }
        Assert.SkipUnless(RezBenchmark.IsThere, $"{tests} tests are left out, since {RezBenchmark.WhereToGetIt}");
        tests.ShouldBePositive();
    }

    private static int CountOf(Need need) =>
        typeof(NeedTests)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes().OfType<INeeding>())
            .Count(needing => needing.Need == need);
}
