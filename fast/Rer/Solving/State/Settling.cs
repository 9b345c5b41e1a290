using System.Runtime.CompilerServices;
using Rer.Compiling;

namespace Rer.Solving.State;

/// <summary>Takes dependencies that can have no more effect out of the open ones of their scope.</summary>
/// <remarks>
/// <para>
/// Technique: settled dependencies. Once all variants of a slice have the same requirement on a family, and it was
/// extracted, the family's scope has no variant that it does not allow: while the slice only narrows, to extract again
/// changes nothing, the two cannot conflict, and the cut of a split does not ask for a family that all have in common.
/// rez finds that out anew each time; here the dependency is taken out of the scope's open ones, which is all that
/// extraction, reduction and splitting look at.
/// </para>
/// <para>
/// A dependency is settled for extraction and reduction, too, once every requirement that the slice still holds allows
/// all that the family's scope holds: as that narrows, it stays allowed. Reduction finds this out on its way (a scope of
/// one variant is always allowed by what it leaves), and joined tables say at once what all requirements allow, whoever
/// holds them. Since a family may then not be common yet, the cut of a split has a set of its own.
/// </para>
/// <para>
/// The sets stand behind the scope's slice, so that the trail restores all alike. An ephemeral's scope is a range, and
/// ranges that begin after a version unite in a way of their own: neither is ever settled.
/// </para>
/// </remarks>
/// <param name="isOn">Whether any are.</param>
internal readonly struct Settling(bool isOn)
{
    /// <summary>Opens all dependencies, for extraction and reduction and for the cut of a split.</summary>
    internal static void OpenAll(Span<ulong> both, int count)
    {
        int words = both.Length / 2;
        for (int w = 0; w < words; w++, count -= Bits.WordBits)
        {
            ulong all = count < Bits.WordBits ? (1UL << count) - 1 : ulong.MaxValue;
            both[w] = all;
            both[words + w] = all;
        }
    }

    /// <summary>Takes dependencies out of a word of open ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Close(in SetStore sets, ref Trail trail, int at, ulong closed)
    {
        ulong open = sets[at];
        if ((open & closed) != 0 && isOn)
        {
            sets.Write(ref trail, at, open & ~closed);
        }
    }
}
