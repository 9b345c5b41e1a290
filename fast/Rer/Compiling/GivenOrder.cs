using System.Runtime.InteropServices;

namespace Rer.Compiling;

/// <summary>An order of a family's versions returned by a caller-supplied orderer.</summary>
/// <param name="versions">The versions passed to it.</param>
/// <param name="positions">The positions of all of them, the most preferred first.</param>
/// <param name="order">The same as numbers in the family's listing.</param>
internal sealed class GivenOrder(IReadOnlyList<string> versions, int[] positions, FamilyOrder order)
{
    private readonly string[] _texts = Array.ConvertAll(positions, position => versions[position]);

    /// <summary>The order, as numbers in the family's listing.</summary>
    internal FamilyOrder Order => order;

    /// <summary>Whether an answer is the same.</summary>
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

    /// <summary>Mostly the texts are the same objects that were passed to the orderer.</summary>
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

    /// <summary>Whether an answer in positions is the same.</summary>
    internal bool Says(IReadOnlyList<string> given, ReadOnlySpan<int> answer) =>
        ReferenceEquals(given, versions) && answer.SequenceEqual(positions);
}
