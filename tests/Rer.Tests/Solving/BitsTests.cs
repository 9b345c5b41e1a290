using Rer.Compiling;
using static Rer.Tests.Solving.DrawnSets;

namespace Rer.Tests.Solving;

/// <summary>Bit sets, compared with plain sets of numbers.</summary>
public class BitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void Bits_are_sets(int words)
    {
        Random random = new(words);
        for (int i = 0; i < 500; i++)
        {
            (ulong[] a, SortedSet<int> setA) = Draw(random, words);
            (ulong[] b, SortedSet<int> setB) = Draw(random, words);
            int from = random.Next(words * 64);
            int to = random.Next(words * 64 + 1);
            SetOf(a).ShouldBe(setA);
            Bits.IsEmpty(a).ShouldBe(setA.Count == 0);
            Bits.Count(a).ShouldBe(setA.Count);
            Bits.IsSingle(a).ShouldBe(setA.Count == 1);
            Bits.First(a).ShouldBe(setA.Count == 0 ? -1 : setA.Min);
            Bits.Last(a).ShouldBe(setA.Count == 0 ? -1 : setA.Max);
            Bits.Next(a, from).ShouldBe(setA.Where(bit => bit >= from).DefaultIfEmpty(-1).First());
            Bits.NextOutside(a, b, from)
                .ShouldBe(setA.Where(bit => bit >= from && !setB.Contains(bit)).DefaultIfEmpty(-1).First());
            Bits.Intersects(a, b).ShouldBe(setA.Overlaps(setB));
            Bits.Share(a, b).ShouldBe(setA.Overlaps(setB));
            Bits.IsSubset(a, b).ShouldBe(setA.IsSubsetOf(setB));
            Bits.IntersectsRange(a, from, to).ShouldBe(setA.Any(bit => bit >= from && bit < to));
            SetOf(Changed(a, set => Bits.Or(set, b))).ShouldBe(setA.Union(setB).Order());
            SetOf(Changed(a, set => Bits.And(set, b))).ShouldBe(setA.Intersect(setB).Order());
            SetOf(Changed(a, set => Bits.AndNot(set, b))).ShouldBe(setA.Except(setB).Order());
            SetOf(Changed(a, set => Bits.AddRange(set, from, to)))
                .ShouldBe(setA.Union(Enumerable.Range(from, Math.Max(0, to - from))).Order());
            SetOf(Changed(a, set => Bits.Add(set, from))).ShouldBe(setA.Append(from).Distinct().Order());
            SetOf(Changed(a, set => Bits.TryAdd(set, from).ShouldBe(!setA.Contains(from))))
                .ShouldBe(setA.Append(from).Distinct().Order());
            SetOf(Changed(a, set => Bits.Remove(set, from))).ShouldBe(setA.Where(bit => bit != from));
            Bits.Contains(a, from).ShouldBe(setA.Contains(from));
            (int start, int length) = Bits.Window(a);
            (start, length).ShouldBe(setA.Count == 0 ? (0, 0) : (setA.Min / 64, setA.Max / 64 - setA.Min / 64 + 1));
            SetOf(a.AsSpan(start, length)).Select(bit => bit + start * 64).ShouldBe(setA);
            new Stretch(start, a.AsSpan(start, length)).Intersects(b, 0).ShouldBe(setA.Overlaps(setB));
            SetOf(Changed(b, set => new Stretch(start, a.AsSpan(start, length)).AddTo(set, 0)))
                .ShouldBe(setA.Union(setB).Order());
        }
    }

    [Fact]
    public void A_word_has_a_lowest_member()
    {
        Random random = new(1);
        for (int i = 0; i < 500; i++)
        {
            (ulong[] word, SortedSet<int> set) = Draw(random, 1);
            SetOf([Bits.Lowest(word[0])]).ShouldBe(set.Take(1));
            if (set.Count > 0)
            {
                Bits.LowestIndex(word[0]).ShouldBe(set.Min);
            }
        }
    }

    /// <summary>A set always has a first word, even if it has no members.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(64, 1)]
    [InlineData(65, 2)]
    [InlineData(128, 2)]
    public void Sets_have_as_many_words_as_they_need(int bits, int words) => Bits.WordsFor(bits).ShouldBe(words);

    [Fact]
    public void A_buffer_is_cleared_and_grows()
    {
        ulong[] buffer = [1, 2];
        Span<ulong> one = Bits.Cleared(ref buffer, 1);
        one.ToArray().ShouldBe([0UL]);
        buffer.ShouldBe([0UL, 2]);
        Bits.Cleared(ref buffer, 3).ToArray().ShouldBe(new ulong[3]);
        buffer.Length.ShouldBe(3);
    }

    private static ulong[] Changed(ulong[] set, Action<ulong[]> change)
    {
        ulong[] changed = [.. set];
        change(changed);
        return changed;
    }
}
