using Rer.Compiling;
using Rer.Solving;
using Rer.Solving.Sets;
using static Rer.Tests.Solving.DrawnSets;

namespace Rer.Tests.Solving;

/// <summary>The live part of a set, compared with the whole set.</summary>
public class LivePartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void The_live_part_has_all_members(int words)
    {
        Random random = new(words);
        for (int i = 0; i < 300; i++)
        {
            (ulong[] set, SortedSet<int> members) = Draw(random, words);
            (ulong[] other, _) = Draw(random, words);
            foreach (EngineSwitches switches in new[] { EngineSwitches.AllOn, EngineSwitches.WithoutOne["LiveWindow"] })
            {
                var live = LivePart.Of(set, switches);
                int start = live.Start;
                SetOf(live.Words).Select(bit => bit + start * 64).ShouldBe(members);
                live.PartOf(other).ToArray().ShouldBe(other[start..(start + live.Words.Length)]);
                if (members.Count > 0)
                {
                    (live.First, live.Last).ShouldBe((members.Min, members.Max));
                }
            }
        }
    }

    [Fact]
    public void The_live_part_of_a_wide_set_is_narrow()
    {
        ulong[] set = new ulong[20];
        Bits.Add(set, 7 * 64 + 3);
        Bits.Add(set, 8 * 64 + 5);

        var live = LivePart.Of(set, EngineSwitches.AllOn);

        (live.Start, live.Words.Length).ShouldBe((7, 2));
    }
}
