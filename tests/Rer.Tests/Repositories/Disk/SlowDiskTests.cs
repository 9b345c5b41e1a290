using Rer.Repositories;

namespace Rer.Tests.Repositories.Disk;

/// <summary>A disk that is slow, but serves many requests at a time.</summary>
public sealed class SlowDiskTests : IDisposable
{
    private const int Families = 25;
    private const int Versions = 4;

    private static readonly TimeSpan s_roundTrip = TimeSpan.FromMilliseconds(3);

    private readonly PackageTree _tree = new();

    public SlowDiskTests()
    {
        string all = string.Join(", ", Enumerable.Range(0, Families).Select(family => $"'f{family}'"));
        _tree.Write("packages/top/1/package.py", $"timestamp = 5\nrequires = [{all}]\n");
        for (int family = 0; family < Families; family++)
        {
            for (int version = 0; version < Versions; version++)
            {
                _tree.Write($"packages/f{family}/{version}/package.py", $"timestamp = {version}\n");
            }
        }
        _tree.Age();
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

    private static long Solve(string path, PackageIndex? index)
    {
        FilesystemRepository repository = new([path], index: index);
        ResolveResult result = new FastResolver().Resolve(["top"], repository);
        result.ShouldBeOfType<SolvedResult>().Packages.Count.ShouldBe(1 + Families);
        (index?.Confirm() ?? true).ShouldBeTrue();
        return repository.Statistics.CacheHits;
    }

    private SlowDisk Mount(bool keepsNumbers = true) =>
        SlowDisk.MountOrSkip(_tree.PathOf("packages"), _tree.PathOf("mounted"), s_roundTrip, keepsNumbers);

    [Fact]
    public void Without_an_index_it_gets_many_concurrent_requests()
    {
        using SlowDisk disk = Mount();
        Solve(disk.Root, index: null);
        // The file system serves ten at a time.
        disk.UnmountAndTellMost().ShouldBeGreaterThanOrEqualTo(6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_index_stays_valid_after_mounting_with_other_inode_numbers_and_is_checked_concurrently(
        bool keepsNumbers
    )
    {
        using (SlowDisk disk = Mount())
        {
            Settling.Wait(new DirectoryInfo(disk.Root));
            using PackageIndex cold = Open();
            Solve(disk.Root, cold).ShouldBe(0);
        }
        using (SlowDisk disk = Mount(keepsNumbers))
        {
            using PackageIndex warm = Open(checksBehind: true);
            Solve(disk.Root, warm).ShouldBe(1 + (Families * Versions));
            disk.UnmountAndTellMost().ShouldBeGreaterThanOrEqualTo(6);
        }
    }

    /// <summary>
    /// Two machines that mount one disk have different numbers for its files, and share one index that was made on a
    /// third.
    /// </summary>
    [Theory]
    [InlineData(IndexLevel.Strict)]
    [InlineData(IndexLevel.Listing)]
    [InlineData(IndexLevel.Published)]
    public void Two_mounts_share_one_published_index(IndexLevel level)
    {
        PublishedIndex.Update(_tree.PathOf("packages"));
        using SlowDisk first = Mount();
        using SlowDisk second = SlowDisk.MountOrSkip(
            _tree.PathOf("packages"),
            _tree.PathOf("second"),
            s_roundTrip,
            keepsNumbers: false
        );
        foreach (string path in (string[])[first.Root, second.Root])
        {
            using PackageIndex index = new(new() { Level = level, ChecksBehind = true });
            Solve(path, index).ShouldBe(level == IndexLevel.Strict ? 1 + (Families * Versions) : 0, "looked at");
            IndexAnswer answer = index.Answers.ShouldHaveSingleItem();
            (answer.IsPublished, answer.Level, answer.Families, answer.FellBack).ShouldBe(
                (true, level, 1 + Families, 0)
            );
        }
    }
}
