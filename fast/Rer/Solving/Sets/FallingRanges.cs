using Rer.Compiling;

namespace Rer.Solving.Sets;

/// <summary>
/// The requirements of a slice on one family, where each release requires the next range. The first and the last show
/// what all those between them have in common.
/// </summary>
/// <remarks>
/// Technique: falling ranges. Each range begins and ends no later than the one before. So whatever the first and the
/// last have in common, all have in common. If the two touch, all together form one stretch. If that does not decide,
/// the two halves are examined in the same way. The work grows with how often the ranges pass what they are compared
/// with, not with the number of versions. PERF: NeighbouringRanges, on generated families of 2,000 versions that each
/// have their own ranges, ×33 and, if they are compiled as solves reach them, ×74; ×1.27 and ×1.25 if they share ranges
/// (<c>tests/Rer.Benchmarks --wide NeighbouringRanges</c>, 2026-11-29). On the 188, steady ×1.01, first pass ×1.19; on
/// the studio book, which has few such families, ×1.00 in both.
/// </remarks>
/// <param name="family">The requiring family.</param>
/// <param name="live">Its slice.</param>
/// <param name="required">The required family, with the rows of the dependency computed.</param>
internal readonly ref struct FallingRanges(CompiledFamily family, LivePart live, CompiledFamily required)
{
    private readonly LivePart _live = live;

    /// <summary>Adds the rows of all live requirements to a set of variants, which starts at a given word.</summary>
    internal void UniteRows(in Dependency dependency, Span<ulong> union, int unionStart)
    {
        (RequirementId from, RequirementId to) = Within(dependency);
        UniteRows(from, to, union, unionStart);
    }

    /// <summary>
    /// Adds the holders of all live requirements that no variant of another slice satisfies. The other slice starts at
    /// a given word.
    /// </summary>
    /// <param name="dependency">The requirements.</param>
    /// <param name="holders">The variants that have any of them.</param>
    /// <param name="other">The other slice.</param>
    /// <param name="conflicting">Receives the holders, as words aligned with those of the slice.</param>
    internal void AddConflicting(
        in Dependency dependency,
        ReadOnlySpan<ulong> holders,
        LivePart other,
        Span<ulong> conflicting
    )
    {
        (RequirementId from, RequirementId to) = Within(dependency);
        AddConflicting(from, to, holders, other, conflicting);
    }

    private void UniteRows(RequirementId from, RequirementId to, Span<ulong> union, int unionStart)
    {
        SkipDead(ref from, ref to);
        if (to - from <= 1)
        {
            if (from < to)
            {
                required.AddRow(family.RowOf(from), union, unionStart);
            }

            return;
        }

        (VersionId highFirst, VersionId highEnd) = RunOf(from);
        (VersionId lowFirst, VersionId lowEnd) = RunOf(Before(to));
        if (!(lowFirst > highEnd))
        {
            required.AddVersions(highFirst, lowEnd, union, unionStart);
            return;
        }

        RequirementId middle = Middle(from, to);
        UniteRows(from, middle, union, unionStart);
        UniteRows(middle, to, union, unionStart);
    }

    private void AddConflicting(
        RequirementId from,
        RequirementId to,
        ReadOnlySpan<ulong> holders,
        LivePart other,
        Span<ulong> conflicting
    )
    {
        SkipDead(ref from, ref to);
        if (to - from <= 1)
        {
            if (from < to && !required.RowIntersects(family.RowOf(from), other.Words, other.Start))
            {
                family.HoldersOf(from).AddTo(conflicting, _live.Start);
            }

            return;
        }

        (VersionId highFirst, VersionId highEnd) = RunOf(from);
        (VersionId lowFirst, VersionId lowEnd) = RunOf(Before(to));
        if (lowFirst < highEnd && required.VersionsIntersect(lowFirst, highEnd, other.Words, other.Start))
        {
            return;
        }

        if (highFirst < lowEnd && !required.VersionsIntersect(highFirst, lowEnd, other.Words, other.Start))
        {
            // All members of the slice between the first holder and the last that have any of the requirements.
            AddLive(family.SpanOf(from).First, family.SpanOf(Before(to)).Last, holders, conflicting);
            return;
        }

        RequirementId middle = Middle(from, to);
        AddConflicting(from, middle, holders, other, conflicting);
        AddConflicting(middle, to, holders, other, conflicting);
    }

    private void AddLive(VariantId firstHolder, VariantId lastHolder, ReadOnlySpan<ulong> holders, Span<ulong> variants)
    {
        int first = firstHolder.Number;
        int last = lastHolder.Number;
        int low = Math.Max(first / Bits.WordBits, _live.Start);
        int high = Math.Min(last / Bits.WordBits, _live.Start + variants.Length - 1);
        for (int word = low; word <= high; word++)
        {
            ulong behind = word == first / Bits.WordBits ? ulong.MaxValue << first : ulong.MaxValue;
            ulong before = word == last / Bits.WordBits ? ulong.MaxValue >> ~last : ulong.MaxValue;
            variants[word - _live.Start] |= behind & before & holders[word] & _live.Words[word - _live.Start];
        }
    }

    /// <summary>The requirements whose holders are not all before or after the slice.</summary>
    private (RequirementId From, RequirementId To) Within(in Dependency dependency)
    {
        VariantId firstLive = new(_live.First);
        VariantId lastLive = new(_live.Last);
        RequirementId from = dependency.Start;
        RequirementId high = dependency.Conflicts;
        while (from < high)
        {
            RequirementId middle = Middle(from, high);
            if (family.SpanOf(middle).Last < firstLive)
            {
                from = middle;
                from++;
            }
            else
            {
                high = middle;
            }
        }

        RequirementId to = dependency.Conflicts;
        RequirementId low = from;
        while (low < to)
        {
            RequirementId middle = Middle(low, to);
            if (family.SpanOf(middle).First > lastLive)
            {
                to = middle;
            }
            else
            {
                low = middle;
                low++;
            }
        }

        return (from, to);
    }

    /// <summary>Narrows a stretch of requirements so that it begins and ends with a live one.</summary>
    private void SkipDead(ref RequirementId from, ref RequirementId to)
    {
        while (from < to && !family.IsHeld(from, _live.Words, _live.Start))
        {
            from++;
        }

        while (from < to && !family.IsHeld(Before(to), _live.Words, _live.Start))
        {
            to = Before(to);
        }
    }

    /// <summary>
    /// The versions that satisfy a requirement; an empty run, at an arbitrary position, if there are none.
    /// </summary>
    private (VersionId First, VersionId End) RunOf(RequirementId requirement)
    {
        ReadOnlySpan<(VersionId First, VersionId End)> runs = required.Listing.Rows.Of(family.RowOf(requirement));
        return runs.Length == 0 ? (new VersionId(int.MaxValue), new VersionId(int.MinValue)) : runs[0];
    }

    private static RequirementId Before(RequirementId requirement) => new(requirement.Number - 1);

    private static RequirementId Middle(RequirementId from, RequirementId to) => new((from.Number + to.Number) >>> 1);
}
