using Rer.Repositories.Disk;

namespace Rer.Tests.Repositories.Disk;

public sealed class SpreadQueueTests
{
    [Fact]
    public void Directories_take_turns()
    {
        SpreadQueue<string> queue = new();
        foreach (string item in (string[])["a1", "a2", "a3", "b1", "c1", "c2"])
        {
            queue.Add(item[..1], item);
        }
        queue.TryTake(out string? first).ShouldBeTrue();
        first.ShouldBe("a1");
        queue.Add("d", "d1");
        queue.Count.ShouldBe(6);
        queue.TakeAll().ShouldBe(["b1", "c1", "a2", "d1", "c2", "a3"]);
        queue.TryTake(out _).ShouldBeFalse();
        queue.Add("a", "a4");
        queue.TakeAll().ShouldBe(["a4"]);
    }
}
