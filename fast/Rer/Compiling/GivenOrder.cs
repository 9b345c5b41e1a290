using System.Runtime.InteropServices;

namespace Rer.Compiling;

/// <summary>An order of a family's versions that an orderer of a caller's own gave.</summary>
/// <param name="versions">What it was given.</param>
/// <param name="positions">The positions of all of them, the most preferred first.</param>
/// <param name="numbers">Their numbers in the family's listing.</param>
internal sealed class GivenOrder(IReadOnlyList<string> versions, int[] positions, int[] numbers)
{
    private readonly string[] _texts = Array.ConvertAll(positions, position => versions[position]);

    /// <summary>The numbers of the versions in the family's listing, the most preferred first.</summary>
    internal int[] Numbers => numbers;

    /// <summary>Whether an answer says the same.</summary>
    internal bool Says(IReadOnlyList<string> given, IReadOnlyList<string> answer)
    {
        if (!ReferenceEquals(given, versions) || answer.Count != _texts.Length)
        {
            return false;
        }

        return answer switch
        {
            string[] array => array.AsSpan().SequenceEqual(_texts),
            List<string> list => CollectionsMarshal.AsSpan(list).SequenceEqual(_texts),
            _ => answer.SequenceEqual(_texts),
        };
    }

    /// <summary>Whether an answer in positions says the same.</summary>
    internal bool Says(IReadOnlyList<string> given, ReadOnlySpan<int> answer) =>
        ReferenceEquals(given, versions) && answer.SequenceEqual(positions);
}
