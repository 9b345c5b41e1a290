using Rer.Compiling;

namespace Rer.Solving;

/// <summary>Which of a scope's dependencies may still have an effect.</summary>
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
/// <para>
/// PERF: SettledDependencies ×1.52 on the 188, ×1.22 on the studio book: of 471,000 dependencies looked at by
/// extraction fewer than half are left, and of 373,000 reductions fewer than a third.
/// </para>
/// </remarks>
internal sealed partial class Solver
{
    /// <summary>Where the open dependencies of a package scope stand: a set of their numbers.</summary>
    private int OpenStart(int scope) => _scopes[scope].Slice + _scopes[scope].Words;

    /// <summary>Takes room for the slice of a package scope, empty, and its open dependencies, all.</summary>
    private int AllocateScope(CompiledFamily family)
    {
        if (_switches.JoinedTables)
        {
            family.CountUse(_repository, !_switches.JoinLate);
        }

        int words = family.DependencyWords;
        int start = AllocateSlice(family.Words + 2 * words);
        int open = start + family.Words;
        int count = family.DependencyCount;
        for (int w = 0; w < words; w++, count -= Bits.WordBits)
        {
            ulong all = count < Bits.WordBits ? (1UL << count) - 1 : ulong.MaxValue;
            _slices[open + w] = all;
            _slices[open + words + w] = all;
        }

        return start;
    }

    /// <summary>
    /// Takes dependencies on which all have the same requirement out of a word of the open ones, and out of those that
    /// the cut of a split looks at.
    /// </summary>
    private void Settle(int word, int words, ulong settled)
    {
        if (settled != 0 && _switches.SettledDependencies)
        {
            Close(word, settled);
            Close(word + words, settled);
        }
    }

    /// <summary>
    /// Takes a dependency out of the open ones because all requirements on it allow all that the family's scope holds.
    /// </summary>
    private void SettleAllowed(int scope, int dependency)
    {
        if (_switches.SettledDependencies)
        {
            Close(OpenStart(scope) + (dependency >> 6), 1UL << dependency);
        }
    }

    private void Close(int word, ulong closed)
    {
        ulong open = _slices[word];
        if ((open & closed) != 0)
        {
            _trail.Save(word, open);
            _slices[word] = open & ~closed;
        }
    }

    /// <summary>
    /// Whether all of a slice, to which a dependency is common, have the same requirement on it. Not found out where that
    /// would mean to go through many.
    /// </summary>
    private static bool HasOneRequirement(
        CompiledFamily family,
        in Dependency dependency,
        ReadOnlySpan<ulong> live,
        int liveStart
    )
    {
        if (dependency.Conflicts - dependency.Start == 1)
        {
            return true;
        }

        if (!family.HasWords || dependency.RangesFall)
        {
            return false;
        }

        int words = family.Words;
        int first = liveStart + Bits.First(live) / Bits.WordBits;
        ulong lowest = live[first - liveStart] & (0UL - live[first - liveStart]);
        for (int r = dependency.Start; r < dependency.Conflicts; r++)
        {
            if ((family.RequirementHolders[r * words + first] & lowest) != 0)
            {
                return Bits.IsSubset(live, family.RequirementHolders.AsSpan(r * words + liveStart, live.Length));
            }
        }

        return false;
    }
}
