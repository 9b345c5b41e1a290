using Rer.Repositories.Disk;

namespace Rer.Tests.Repositories.Disk;

public sealed class SpreadQueueTests
{
    private const int InDirectory = 3;

    private readonly SpreadQueue<string> _queue = new(InDirectory);

    private void Add(params string[] items) => Array.ForEach(items, item => _queue.Add(item[..1], item));

    /// <summary>Takes items until none is left. Each is given back when the next one is taken.</summary>
    private List<string> TakeInTurn(bool alsoSpare = true)
    {
        List<string> all = [];
        while (_queue.TryTake(out SpreadQueue<string>.Taken taken, alsoSpare))
        {
            all.Add(taken.Item);
            _queue.Done(taken);
        }
        return all;
    }

    [Fact]
    public void The_fullest_directory_is_next()
    {
        Add("a1", "b1", "b2", "b3", "c1", "c2");
        List<string> all = TakeInTurn();
        all[0].ShouldBe("b1");
        all.Order(StringComparer.Ordinal).ShouldBe(["a1", "b1", "b2", "b3", "c1", "c2"]);
        _queue.Count.ShouldBe(0);
        Add("a4");
        TakeInTurn().ShouldBe(["a4"]);
    }

    [Fact]
    public void A_busy_directory_waits_while_another_has_something()
    {
        Add("b1");
        for (int i = 0; i <= InDirectory; i++)
        {
            Add($"a{i}");
        }
        List<SpreadQueue<string>.Taken> taken = [];
        while (_queue.TryTake(out SpreadQueue<string>.Taken next))
        {
            taken.Add(next);
        }
        taken[InDirectory].Item.ShouldBe("b1");
        taken.Count.ShouldBe(2 + InDirectory, "nothing else was left to ask for");
        taken.ForEach(done => _queue.Done(done));
        _queue.Count.ShouldBe(0);
    }

    [Fact]
    public void A_directory_that_serves_more_at_a_time_is_asked_for_more()
    {
        Add("b1", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8");
        _queue.InDirectory = 5;
        List<string> directories = [];
        for (int i = 0; i < 6; i++)
        {
            _queue.TryTake(out SpreadQueue<string>.Taken next).ShouldBeTrue();
            directories.Add(next.Directory);
        }
        directories.ShouldBe(["a", "a", "a", "a", "a", "b"]);
    }

    [Fact]
    public void Entries_of_a_directory_wait_until_it_has_been_found()
    {
        Add("a1", "a2", "b1");
        _queue.Add("/", "small", opens: "b");
        _queue.Add("/", "large", opens: "a");
        (_queue.Count, _queue.Free).ShouldBe((5, 2));
        _queue.TryTake(out SpreadQueue<string>.Taken large).ShouldBeTrue();
        _queue.TryTake(out SpreadQueue<string>.Taken small).ShouldBeTrue();
        (large.Item, small.Item).ShouldBe(("large", "small"));
        _queue.TryTake(out _).ShouldBeFalse();
        _queue.Done(small);
        TakeInTurn().ShouldBe(["b1"]);
        _queue.Done(large);
        TakeInTurn().ShouldBe(["a1", "a2"]);
    }

    [Fact]
    public void Work_that_nobody_waits_for_comes_last_and_can_be_dropped()
    {
        foreach (string item in (string[])["a1", "a2", "a3"])
        {
            _queue.Add("a", item, isSpare: true);
        }
        Add("b1", "a4");
        TakeInTurn(alsoSpare: false).ShouldBe(["b1", "a4"], ignoreOrder: true);
        TakeInTurn()[0].ShouldBe("a1");
        _queue.Add("a", "a5", isSpare: true);
        _queue.DropSpare();
        Add("a6");
        TakeInTurn().ShouldBe(["a6"]);
    }

    [Fact]
    public void Everything_is_taken_at_once_whatever_it_waits_for()
    {
        Add("a1", "b1");
        _queue.Add("/", "opens", opens: "a");
        _queue.TakeAll().ShouldBe(["a1", "b1", "opens"], ignoreOrder: true);
        (_queue.Count, _queue.Free).ShouldBe((0, 0));
        TakeInTurn().ShouldBeEmpty();
    }
}
