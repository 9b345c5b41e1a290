using Rer.Repositories;
using Rer.Repositories.Disk;

namespace Rer.Tests.Repositories.Disk;

/// <summary>On a slow disk, more is read than a solve reaches, without any visible effect.</summary>
public sealed class ForesightTests : IDisposable
{
    private const int Needed = 3;

    private readonly PackageTree _tree = new();
    private readonly FilesystemRepository _repository;

    public ForesightTests()
    {
        _tree.Write("packages/top/1/package.py", "requires = ['middle']");
        for (int version = 0; version < 40; version++)
        {
            // Only the latest one is used. The others require what it does not.
            string requires =
                version == 39 ? "'low'" : "'low', 'unneeded', 'broken', '~weak-1', '!conflict-1', '.ephemeral-1'";
            _tree.Write($"packages/middle/{version}/package.py", $"requires = [{requires}]");
            _tree.Write($"packages/low/{version}/package.py", "timestamp = 5");
        }
        _tree
            .Write("packages/unneeded/1/package.py", "requires = ['absent']")
            .Write("packages/broken/1/package.py", "requires = [")
            .Age();
        _repository = new FilesystemRepository(
            [_tree.PathOf("packages"), _tree.PathOf("others")],
            new DiskCalls(TimeSpan.FromMilliseconds(4))
        );
    }

    public void Dispose() => _tree.Dispose();

    private string Solve(string request, ResolveOptions? options = null) =>
        new FastResolver().Resolve([request], _repository, options) switch
        {
            SolvedResult solved => string.Join(' ', solved.Packages),
            ErrorResult error => error.Message,
            _ => "failed",
        };

    [Fact]
    public void What_was_read_in_vain_is_read_again_by_a_later_solve()
    {
        Solve("top").ShouldBe("low-39 middle-39 top-1");
        RepositoryStatistics counted = _repository.Statistics;
        counted.Listings.ShouldBeGreaterThan(Needed, "nothing was read ahead");
        counted.DefinitionsUsed.ShouldBe(1 + 40 + 40);

        _tree.Write("packages/unneeded/2/package.py", "");
        _tree.Write("packages/broken/1/package.py", "");
        Solve("unneeded").ShouldBe("unneeded-2");
        Solve("broken").ShouldBe("broken-1");
        Solve("top").ShouldBe("low-39 middle-39 top-1");
    }

    [Fact]
    public void Filters_see_what_they_would_have_seen()
    {
        ResolveOptions options = new() { PackageFilters = [new PackageFilter(["middle==39", "low-1+"], [])] };
        Solve("top", options).ShouldContain("broken");
        Solve("low", options).ShouldBe("low-0");
    }
}
