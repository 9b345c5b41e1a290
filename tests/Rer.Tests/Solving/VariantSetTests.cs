using Rer.Solving.Sets;
using static Rer.Tests.Solving.DrawnSets;

namespace Rer.Tests.Solving;

/// <summary>Bit sets of each width, compared with plain sets of numbers.</summary>
public class VariantSetTests
{
    [Fact]
    public void Sets_of_a_word_are_sets() => Check<WordSet>(words: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Sets_of_several_words_are_sets(int words) => Check<VectorSet>(words);

    private static void Check<TSet>(int words)
        where TSet : struct, IVariantSet<TSet>
    {
        Random random = new(words);
        for (int i = 0; i < 500; i++)
        {
            (ulong[] a, SortedSet<int> setA) = Draw(random, words);
            (ulong[] b, SortedSet<int> setB) = Draw(random, words);
            // Others may follow a set, and words after the last one.
            ulong[] store = [1, .. a, .. b, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue];
            TSet packedA = TSet.Part(store, 1, words);
            TSet packedB = TSet.Part(store, 1 + words, words);
            Unpack(packedA).ShouldBe(setA);
            Unpack(packedA.And(packedB)).ShouldBe(setA.Intersect(setB).Order());
            Unpack(packedA.Without(packedB)).ShouldBe(setA.Except(setB).Order());
            Unpack(packedA.OrIf(true, packedB)).ShouldBe(setA.Union(setB).Order());
            Unpack(packedA.OrIf(false, packedB)).ShouldBe(setA);
            packedA.IsEmpty.ShouldBe(setA.Count == 0);
            packedA.First.ShouldBe(a[0]);
            Unpack(TSet.Empty).ShouldBeEmpty();
            Unpack(TSet.OfWord(a[0])).ShouldBe(setA.Where(bit => bit < 64));
            ulong[] table = [1, .. a, .. new ulong[4]];
            Unpack(TSet.At(table, 1)).ShouldBe(setA);
        }
    }

    private static List<int> Unpack<TSet>(TSet set)
        where TSet : struct, IVariantSet<TSet>
    {
        ulong[] words = new ulong[TSet.Width];
        set.CopyTo(words);
        return SetOf(words);
    }
}
