using Rer.Repositories.Disk;

namespace Rer.Tests.Repositories.Disk;

/// <summary>The number of concurrent disk accesses depends on how fast the disk responds.</summary>
public sealed class DiskWidthTests
{
    private const int Least = 12;

    private readonly DiskWidth _width = new(Least);

    /// <summary>A disk that serves a given number at a time, in a millisecond each.</summary>
    private List<int> Ask(int served)
    {
        List<int> limits = [];
        for (int i = 0; i < 1_000; i++)
        {
            limits.Add(_width.Limit);
            _width.Note(TimeSpan.FromMilliseconds(Math.Max(1.0, (double)_width.Limit / served)), _width.Limit);
        }
        return limits;
    }

    [Fact]
    public void A_disk_that_serves_everything_gets_as_many_requests_as_there_are_threads() =>
        Ask(served: 100)[^1].ShouldBe(DiskThreads.MostInFlight);

    [Fact]
    public void A_disk_that_serves_few_requests_soon_gets_no_more()
    {
        List<int> limits = Ask(served: 12);
        limits.Max().ShouldBe(2 * Least);
        limits[^500..].ShouldAllBe(limit => limit == Least);
    }

    [Fact]
    public void Few_or_fast_requests_teach_nothing()
    {
        for (int i = 0; i < 1_000; i++)
        {
            _width.Note(TimeSpan.FromMilliseconds(1), Least - 1);
            _width.Note(TimeSpan.FromMicroseconds(1), Least);
        }
        _width.Limit.ShouldBe(Least);
    }
}
