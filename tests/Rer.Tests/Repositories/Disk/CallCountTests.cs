using Rer.Repositories;
using Rer.Repositories.Disk;

namespace Rer.Tests.Repositories.Disk;

/// <summary>The number of disk accesses in a solve, which does not depend on the machine.</summary>
public sealed class CallCountTests : IDisposable
{
    private const int Families = 20;
    private const int Versions = 5;

    private readonly PackageTree _tree = new();

    public CallCountTests()
    {
        for (int family = 0; family < Families; family++)
        {
            string requires = family + 1 < Families ? $"requires = ['f{family + 1}']\n" : "";
            for (int version = 0; version < Versions; version++)
            {
                _tree.Write($"packages/f{family}/{version}/package.py", $"timestamp = 5\n{requires}");
            }
        }
        _tree.Write("packages/unneeded/1/package.py").Age();
    }

    public void Dispose() => _tree.Dispose();

    private PackageIndex Open(bool checksBehind = false) =>
        new(
            new()
            {
                CacheDirectory = _tree.PathOf("cache"),
                ReadsPublished = false,
                ChecksBehind = checksBehind,
            }
        );

    private (long Looks, long Listings, long Opens, long Reads) Solve(PackageIndex? index)
    {
        FilesystemRepository repository = new([_tree.PathOf("packages")], new DiskCalls(TimeSpan.Zero), index: index);
        new FastResolver().Resolve(["f0"], repository).ShouldBeOfType<SolvedResult>().Packages.Count.ShouldBe(Families);
        (index?.Confirm() ?? true).ShouldBeTrue();
        RepositoryStatistics counted = repository.Statistics;
        return (counted.Looks, counted.Listings, counted.Opens, counted.Reads);
    }

    [Fact]
    public void Without_an_index_a_family_is_opened_and_listed_and_a_definition_opened_and_read()
    {
        SkipElsewhere();
        Solve(null).ShouldBe((0, Families, 1 + Families + (Families * Versions), Families * Versions));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_an_index_a_family_is_looked_at_once_and_a_definition_once(bool checkBehind)
    {
        SkipElsewhere();
        using (PackageIndex cold = Open())
        {
            Solve(cold);
        }
        using PackageIndex warm = Open(checkBehind);
        Solve(warm).ShouldBe((Families + (Families * Versions), 0, 1, 0));
    }

    private static void SkipElsewhere()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only on Linux paths are walked from an open directory, and files read in so few calls.");
        }
    }
}
