using Rer.Compiling;

namespace Rer.Tests.Solving;

/// <summary>Random sets, as words and as the numbers in them.</summary>
internal static class DrawnSets
{
    /// <summary>A set, sometimes with few members or none.</summary>
    internal static (ulong[] Words, SortedSet<int> Set) Draw(Random random, int words)
    {
        SortedSet<int> set = [];
        int count = random.Next(4) == 0 ? random.Next(3) : random.Next(words * 64);
        while (set.Count < count)
        {
            set.Add(random.Next(words * 64));
        }

        ulong[] bits = new ulong[words];
        foreach (int member in set)
        {
            Bits.Add(bits, member);
        }

        return (bits, set);
    }

    /// <summary>The members of a set, in ascending order.</summary>
    internal static List<int> SetOf(ReadOnlySpan<ulong> words)
    {
        List<int> members = [];
        foreach (int member in Bits.Members(words))
        {
            members.Add(member);
        }

        return members;
    }
}
