using System.Runtime.CompilerServices;
using Rer.Compiling;

namespace Rer.Solving.State;

/// <summary>Closes dependencies that can have no further effect on a solve.</summary>
/// <remarks>
/// <para>
/// Technique: settled dependencies. Suppose all variants of a slice have the same requirement on a family, and it has
/// been extracted. Then the family's scope holds only variants that the requirement allows. As long as the slice only
/// narrows, extracting it again changes nothing, the two cannot conflict, and a split does not consider a family that
/// all variants share. rez finds this out anew each time. Here the dependency is removed from the scope's open ones,
/// and extraction, reduction and splitting look at nothing else.
/// </para>
/// <para>
/// A dependency is also settled for extraction and reduction once every requirement that the slice still holds allows
/// everything in the family's scope. That stays true as the scope narrows. Reduction notices it in passing, and
/// joined tables know at once what all requirements allow. The family may still not be common to the slice, so splits
/// have an open set of their own.
/// </para>
/// <para>
/// Both sets stand behind the scope's slice, so the trail restores them with it. The scope of an ephemeral is a
/// range, and ranges that begin after a version are united in rez's own way: neither is ever settled.
/// </para>
/// <para>
/// PERF: SettledDependencies, steady ×1.57 on the 188 and ×1.29 on the studio book, first pass ×1.19 and ×1.15 (see
/// EngineSwitches for how and when).
/// </para>
/// </remarks>
/// <param name="isOn">Whether the optimisation is on.</param>
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

    /// <summary>All requirements on a dependency allow all that the family's scope holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void CloseAllowed(in SetStore sets, ref Trail trail, in Scope scope, DependencyId dependency) =>
        Close(sets, ref trail, scope.Open + dependency.Word, dependency.Bit);

    /// <summary>Removes dependencies from a word of open ones.</summary>
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
