using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// All that solves need of a family, as numbers and bits. Variants are numbered by version from the latest down, within
/// a version by index: a set of variants is a few words, and its first member belongs to its latest version.
/// </summary>
/// <remarks>
/// Immutable but for the rows of requirements on the family, which grow under a lock when packages compiled later bring
/// new ones. If not all versions are loaded, those that are not have no variants; loading more makes a new object.
/// </remarks>
internal sealed class CompiledFamily
{
    private readonly Lock _growth = new();
    private int _rowCount;

    /// <summary>A family without rows so far.</summary>
    internal CompiledFamily()
        : this([], 0) { }

    /// <summary>A family with rows computed before.</summary>
    internal CompiledFamily(ulong[] rows, int rowCount)
    {
        Rows = rows;
        _rowCount = rowCount;
    }

    internal required FamilySlot Slot { get; init; }

    /// <summary>The versions, latest first.</summary>
    internal required FamilyListing Listing { get; init; }

    /// <summary>The definitions loaded; null where not loaded.</summary>
    internal required CompiledPackage?[] Packages { get; init; }

    /// <summary>Whether a version is listed and not loaded.</summary>
    internal required bool IsPartial { get; init; }

    /// <summary>The number of variants.</summary>
    internal required int VariantCount { get; init; }

    /// <summary>The length of a set of variants, in words.</summary>
    internal required int Words { get; init; }

    /// <summary>For each version its first variant, and one entry more.</summary>
    internal required int[] FirstVariant { get; init; }

    /// <summary>For each variant its version.</summary>
    internal required int[] VersionOf { get; init; }

    /// <summary>The variants whose requirements raise when looked at; null if there are none.</summary>
    internal required ulong[]? Broken { get; init; }

    /// <summary>Every family that any variant requires, by name: the order in which rez extracts.</summary>
    internal required Dependency[] Dependencies { get; init; }

    /// <summary>
    /// For each dependency, <see cref="Words"/> words: the variants with a requirement on it that is no conflict. The
    /// family is common to a slice that is a subset of these.
    /// </summary>
    internal required ulong[] Holders { get; init; }

    /// <summary>For each requirement of <see cref="Dependencies"/> its row in the required family.</summary>
    internal required int[] RequirementRow { get; init; }

    /// <summary>For each requirement of <see cref="Dependencies"/>, the variants that have it.</summary>
    internal required ulong[] RequirementHolders { get; init; }

    /// <summary>For each variant the number of its requirement list; variants with equal requirements share one.</summary>
    internal required int[] ListOf { get; init; }

    /// <summary>The requirement lists.</summary>
    internal required RequirementLists Lists { get; init; }

    /// <summary>
    /// For each requirement on this family that is known, <see cref="Words"/> words: the variants that satisfy it. Of a
    /// conflict requirement those that it does not exclude, so that for both kinds "the scope and the row are disjoint"
    /// is "they conflict".
    /// </summary>
    internal ulong[] Rows;

    /// <summary>As <see cref="Rows"/> by version, loaded or not; empty unless <see cref="IsPartial"/>.</summary>
    internal ulong[] VersionRows = [];

    /// <summary>The length of a set of versions, in words.</summary>
    internal int VersionWords => Bits.WordsFor(Listing.Count);

    /// <summary>How many <see cref="Rows"/> there are.</summary>
    internal int RowCount => Volatile.Read(ref _rowCount);

    /// <summary>The index of a variant within its package; null if the package has no variants.</summary>
    internal int? IndexOf(int variant)
    {
        int version = VersionOf[variant];
        return Packages[version]!.HasIndexes ? variant - FirstVariant[version] : null;
    }

    /// <summary>What is wrong with a broken variant.</summary>
    internal VariantError ErrorOf(int variant)
    {
        int version = VersionOf[variant];
        return Packages[version]!.Variants[variant - FirstVariant[version]].Error!;
    }

    /// <summary>The row of a requirement on this family.</summary>
    internal ReadOnlySpan<ulong> Row(int local) => Rows.AsSpan(local * Words, Words);

    /// <summary>Computes the rows of all requirements on the family that are known by now.</summary>
    internal void GrowRows()
    {
        lock (_growth)
        {
            int known = Slot.RequirementCount;
            int computed = _rowCount;
            if (computed >= known)
            {
                return;
            }

            ulong[] rows = Grown(Rows, computed, known, Words);
            ulong[] versionRows = IsPartial ? Grown(VersionRows, computed, known, VersionWords) : VersionRows;
            for (int local = computed; local < known; local++)
            {
                Requirement requirement = Slot.Requirement(local).Value;
                FillVariants(requirement, rows.AsSpan(local * Words, Words));
                if (IsPartial)
                {
                    FillVersions(requirement, versionRows.AsSpan(local * VersionWords, VersionWords));
                }
            }

            Volatile.Write(ref Rows, rows);
            Volatile.Write(ref VersionRows, versionRows);
            Volatile.Write(ref _rowCount, known);
        }
    }

    /// <summary>The variants that satisfy a requirement, as in <see cref="Rows"/>; the span is empty before.</summary>
    internal void FillVariants(Requirement requirement, Span<ulong> variants)
    {
        foreach (Bound bound in BoundsOf(requirement))
        {
            Bits.AddRange(variants, FirstVariant[FirstUpTo(bound)], FirstVariant[FirstBelow(bound)]);
        }

        if (requirement.Conflict)
        {
            Complement(variants, VariantCount);
        }
    }

    /// <summary>The versions that satisfy a requirement, loaded or not; the span is empty before.</summary>
    internal void FillVersions(Requirement requirement, Span<ulong> versions)
    {
        foreach (Bound bound in BoundsOf(requirement))
        {
            Bits.AddRange(versions, FirstUpTo(bound), FirstBelow(bound));
        }

        if (requirement.Conflict)
        {
            Complement(versions, Listing.Count);
        }
    }

    private static ulong[] Grown(ulong[] rows, int from, int to, int words)
    {
        if (rows.Length >= to * words)
        {
            return rows;
        }

        // Readers hold rows by number and never look past what they knew: the old array stays right for them.
        ulong[] larger = new ulong[(from == 0 ? to : Math.Max(to, from * 2)) * words];
        rows.AsSpan(0, from * words).CopyTo(larger);
        return larger;
    }

    private static void Complement(Span<ulong> set, int count)
    {
        for (int i = 0; i < set.Length; i++)
        {
            set[i] = ~set[i];
        }

        if (count == 0)
        {
            set.Clear();
        }
        else if ((count & 63) != 0)
        {
            set[^1] &= ulong.MaxValue >> (64 - (count & 63));
        }
    }

    private static ReadOnlySpan<Bound> BoundsOf(Requirement requirement) =>
        requirement.Range is { } range ? range.Bounds : [];

    /// <summary>The first version, from the latest, that is not above a bound.</summary>
    private int FirstUpTo(in Bound bound)
    {
        Version[] versions = Listing.Versions;
        int low = 0;
        int high = versions.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            int order = versions[middle].CompareTo(bound.Upper);
            if (order < 0 || (order == 0 && bound.UpperInclusive))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>The first version, from the latest, that is below a bound.</summary>
    private int FirstBelow(in Bound bound)
    {
        Version[] versions = Listing.Versions;
        int low = 0;
        int high = versions.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            int order = versions[middle].CompareTo(bound.Lower);
            if (order < 0 || (order == 0 && !bound.LowerInclusive))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}

/// <summary>A family that variants require, with the span of the distinct requirements on it.</summary>
/// <param name="Family">The number of the required family.</param>
/// <param name="Start">Its first requirement; those that are no conflicts come first.</param>
/// <param name="Conflicts">The first that is a conflict requirement.</param>
/// <param name="End">One past the last.</param>
/// <param name="HasOpenBounds">Whether a range among those that are no conflicts begins after a version, as
/// <c>&gt;3</c> does. rez joins such a range with others in a way of its own, and bits cannot unite them.</param>
internal readonly record struct Dependency(int Family, int Start, int Conflicts, int End, bool HasOpenBounds)
{
    /// <summary>Whether any variant has a conflict requirement on the family.</summary>
    internal bool HasConflicts => Conflicts < End;
}

/// <summary>The requirement lists of a family's variants, each in the two orders that solves need.</summary>
internal sealed class RequirementLists
{
    /// <summary>For each list its place in <see cref="Merged"/>, and one entry more.</summary>
    internal required int[] MergedStart { get; init; }

    /// <summary>The requirements in rez's order, <c>requires_list.requirements</c>.</summary>
    internal required CompiledRequirement[] Merged { get; init; }

    /// <summary>For each list its place in <see cref="Extracted"/>, and one entry more.</summary>
    internal required int[] ExtractedStart { get; init; }

    /// <summary>The requirements that are no conflicts, by name of the family: what a single variant extracts.</summary>
    internal required (int Family, int Row)[] Extracted { get; init; }

    /// <summary>Whether a list has a conflict requirement.</summary>
    internal required bool[] HasConflicts { get; init; }

    /// <summary>A list in rez's order.</summary>
    internal ReadOnlySpan<CompiledRequirement> MergedOf(int list) =>
        Merged.AsSpan(MergedStart[list], MergedStart[list + 1] - MergedStart[list]);

    /// <summary>What a list extracts.</summary>
    internal ReadOnlySpan<(int Family, int Row)> ExtractedOf(int list) =>
        Extracted.AsSpan(ExtractedStart[list], ExtractedStart[list + 1] - ExtractedStart[list]);
}
