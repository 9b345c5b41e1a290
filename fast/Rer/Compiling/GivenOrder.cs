using System.Runtime.InteropServices;

namespace Rer.Compiling;

/// <summary>An order of a family's versions, as a caller's own orderer gave it.</summary>
/// <param name="versions">What it was given.</param>
/// <param name="positions">The positions of all of them, the most preferred first.</param>
/// <param name="order">The same by their numbers in the family's listing.</param>
internal sealed class GivenOrder(IReadOnlyList<string> versions, int[] positions, FamilyOrder order)
{
    private readonly string[] _texts = Array.ConvertAll(positions, position => versions[position]);

    /// <summary>The order, by the numbers of the versions in the family's listing.</summary>
    internal FamilyOrder Order => order;

    /// <summary>Whether an answer says the same.</summary>
    internal bool Says(IReadOnlyList<string> given, IReadOnlyList<string> answer)
    {
        if (!ReferenceEquals(given, versions) || answer.Count != _texts.Length)
        {
            return false;
        }

        return answer switch
        {
            string[] array => IsSaidBy(array),
            List<string> list => IsSaidBy(CollectionsMarshal.AsSpan(list)),
            _ => answer.SequenceEqual(_texts),
        };
    }

    /// <summary>Mostly the texts are the objects that the orderer was given.</summary>
    private bool IsSaidBy(ReadOnlySpan<string> answer)
    {
        string[] texts = _texts;
        for (int i = 0; i < texts.Length && i < answer.Length; i++)
        {
            if (!ReferenceEquals(texts[i], answer[i]) && texts[i] != answer[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether an answer in positions says the same.</summary>
    internal bool Says(IReadOnlyList<string> given, ReadOnlySpan<int> answer) =>
        ReferenceEquals(given, versions) && answer.SequenceEqual(positions);
}
