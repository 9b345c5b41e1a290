using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Rer.Compiling;

/// <summary>An order of a family's versions that a caller-supplied orderer returned.</summary>
/// <param name="listing">The family's listing.</param>
/// <param name="asked">The versions that the orderer sorted.</param>
/// <param name="positions">Their positions, the most preferred first.</param>
/// <param name="versions">The same as numbers in the listing.</param>
/// <param name="answer">What the orderer returned, if that cannot change; otherwise null.</param>
internal sealed class GivenOrder(
    FamilyListing listing,
    IReadOnlyList<string> asked,
    int[] positions,
    VersionId[] versions,
    ImmutableArray<string>? answer
) : FamilyOrder(versions)
{
    private readonly string[] _texts = Array.ConvertAll(positions, position => asked[position]);

    /// <summary>The family's listing.</summary>
    internal FamilyListing Listing => listing;

    /// <summary>Whether the orderer sorted these versions.</summary>
    internal bool IsAbout(IReadOnlyList<string> versions) => ReferenceEquals(versions, asked);

    /// <summary>Whether this is the order that an answer means.</summary>
    /// <param name="versions">The versions that the orderer sorted.</param>
    /// <param name="said">The answer, as <see cref="CustomOrdererAnswer"/> returns it.</param>
    internal bool IsSaidBy(IReadOnlyList<string> versions, IReadOnlyList<string> said) =>
        IsAbout(versions)
        && said switch
        {
            ImmutableArray<string> unchanging => unchanging == answer || AreSame(_texts, unchanging.AsSpan()),
            List<string> list => AreSame(_texts, CollectionsMarshal.AsSpan(list)),
            _ => AreSame(_texts, (string[])said),
        };

    /// <summary>Whether this is the order that an answer in positions means.</summary>
    internal bool IsSaidBy(IReadOnlyList<string> versions, ReadOnlySpan<int> answer) =>
        IsAbout(versions) && answer.SequenceEqual(positions);

    /// <summary>Mostly the texts are the same objects that were passed to the orderer.</summary>
    private static bool AreSame(ReadOnlySpan<string> texts, ReadOnlySpan<string> answer)
    {
        if (texts.Length != answer.Length)
        {
            return false;
        }

        int same = 0;
        while (same < texts.Length && ReferenceEquals(texts[same], answer[same]))
        {
            same++;
        }

        return same == texts.Length || texts[same..].SequenceEqual(answer[same..]);
    }
}
