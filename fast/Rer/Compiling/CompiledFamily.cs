using System.Numerics;
using System.Runtime.CompilerServices;
using Rer.Versions;

namespace Rer.Compiling;

/// <summary>
/// Everything that solves need of a family, as numbers and bits. Variants are numbered by version, latest first, and
/// within a version by index. So a set of variants is a few words, and its first member belongs to its latest version.
/// </summary>
/// <remarks>
/// Immutable, except for the rows of requirements for the family, which grow under a lock when packages compiled later
/// bring new ones. If not all versions are loaded, those that are not have no variants. Loading more creates a new
/// object.
/// </remarks>
internal sealed class CompiledFamily
{
    private int _rowCount;
    private int _uses;
    private JoinedTables? _joined;
    private RememberedOrders?[]? _orders;

    internal required FamilySlot Slot { get; init; }

    /// <summary>The versions, latest first.</summary>
    internal required FamilyListing Listing { get; init; }

    /// <summary>The loaded definitions; null for those that are not loaded.</summary>
    internal required CompiledPackage?[] Packages { get; init; }

    /// <summary>Whether some listed version is not loaded.</summary>
    internal required bool IsPartial { get; init; }

    /// <summary>
    /// Distinguishes the compilations of a family. It is 0 once all versions are loaded; from then on, the numbers of
    /// variants do not change.
    /// </summary>
    internal required int Edition { get; init; }

    /// <summary>The number of variants.</summary>
    internal required int VariantCount { get; init; }

    /// <summary>One past the last variant.</summary>
    internal VariantId End => new(VariantCount);

    /// <summary>The length of a set of variants, in words.</summary>
    internal required int Words { get; init; }

    /// <summary>
    /// Whether all sets are stored as <see cref="Words"/> words. If not, rows are stored as runs and holders as
    /// stretches: <see cref="CompilingLimits.FewWords"/>.
    /// </summary>
    internal required bool HasWords { get; init; }

    /// <summary>The first variant of each version, with one extra entry.</summary>
    internal required VariantId[] FirstVariants { private get; init; }

    /// <summary>The version of each variant.</summary>
    internal required VersionId[] Versions { private get; init; }

    /// <summary>
    /// The variants whose requirements are invalid and raise an error when read; null if there are none.
    /// </summary>
    internal required ulong[]? Broken { get; init; }

    /// <summary>Every family that any variant requires, by name, which is the order in which rez extracts.</summary>
    internal required Dependency[] Dependencies
    {
        get;
        init
        {
            field = value;
            DependencyCount = value.Length;
        }
    }

    /// <summary>
    /// For each dependency, <see cref="Words"/> words: the variants with a requirement for it other than a conflict.
    /// The family is common to a slice that is a subset of these.
    /// </summary>
    internal required ulong[] Holders { get; init; }

    /// <summary>For each requirement of <see cref="Dependencies"/>, its row in the required family.</summary>
    internal required RowId[] Rows { private get; init; }

    /// <summary>
    /// For each requirement of <see cref="Dependencies"/>, the variants that have it: <see cref="Words"/> words or,
    /// without <see cref="HasWords"/>, the words from the first with a member to the last.
    /// </summary>
    internal required ulong[] RequirementHolders { get; init; }

    /// <summary>For each requirement, where its holders are stored, with one extra entry.</summary>
    internal required HolderSpan[] HolderSpans { private get; init; }

    /// <summary>
    /// For each variant, the number of its requirement list. Variants with equal requirements share one.
    /// </summary>
    internal required int[] ListNumbers { private get; init; }

    /// <summary>The requirement lists.</summary>
    internal required RequirementLists Lists { get; init; }

    /// <summary>
    /// For each known requirement for this family, <see cref="Words"/> words: the variants that satisfy it. Empty
    /// without <see cref="HasWords"/>. <see cref="FamilyListing.Rows"/> has them for all families.
    /// </summary>
    internal ulong[] RowWords = [];

    /// <summary>The length of a set of <see cref="Dependencies"/>, in words; 0 if there are none.</summary>
    internal int DependencyWords => (DependencyCount + Bits.WordBits - 1) / Bits.WordBits;

    /// <summary>The number of <see cref="Dependencies"/>, stored so that reading it does not touch their array.</summary>
    internal int DependencyCount { get; private init; }

    /// <summary>The length of a set of versions, in words.</summary>
    internal int VersionWords => Bits.WordsFor(Listing.Count);

    /// <summary>The number of requirements in <see cref="Dependencies"/>.</summary>
    internal int RequirementCount => Rows.Length;

    /// <summary>The number of rows.</summary>
    internal int RowCount => Volatile.Read(ref _rowCount);

    /// <summary>The tables joined with those of required families; null if there are none yet.</summary>
    internal JoinedTables? Joined => Volatile.Read(ref _joined);

    /// <summary>
    /// Counts a use of the family, and joins its tables when they are likely to be used again. That is at the second
    /// use and, as long as some required families are not loaded, at the fourth, the eighth and so on.
    /// </summary>
    /// <returns><see cref="Joined"/>.</returns>
    internal JoinedTables? Use(SlotTable slots, bool joinAtOnce) =>
        Joined is { IsWhole: true } joined ? joined : CountUse(slots, joinAtOnce);

    private JoinedTables? CountUse(SlotTable slots, bool joinAtOnce)
    {
        // Threads may overwrite each other's counts. When exactly tables are joined does not matter.
        int uses = ++_uses;
        if (joinAtOnce || (uses > 1 && BitOperations.IsPow2(uses)))
        {
            Volatile.Write(ref _joined, JoinedTables.Of(this, slots));
        }

        return _joined;
    }

    /// <summary>A dependency.</summary>
    internal ref readonly Dependency this[DependencyId dependency]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Dependencies[dependency.Number];
    }

    /// <summary>The first variant of a version.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal VariantId FirstOf(VersionId version) => FirstVariants[version.Number];

    /// <summary>One past the last variant of a version.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal VariantId EndOf(VersionId version) => FirstVariants[version.Number + 1];

    /// <summary>The number of variants of a version.</summary>
    internal int CountOf(VersionId version) => EndOf(version) - FirstOf(version);

    /// <summary>The version of a variant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal VersionId VersionOf(VariantId variant) => Versions[variant.Number];

    /// <summary>The text of a variant's version.</summary>
    internal string TextOf(VariantId variant) => Listing.TextOf(VersionOf(variant));

    /// <summary>The number of a variant's requirement list in <see cref="Lists"/>.</summary>
    internal int ListOf(VariantId variant) => ListNumbers[variant.Number];

    /// <summary>The row of a requirement in the required family.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal RowId RowOf(RequirementId requirement) => Rows[requirement.Number];

    /// <summary>The definition of a version; null if it is not loaded.</summary>
    internal CompiledPackage? PackageOf(VersionId version) => Packages[version.Number];

    /// <summary>The remembered orders of a loaded version's variants.</summary>
    internal RememberedOrders OrdersOf(VersionId version)
    {
        RememberedOrders?[] orders = _orders ??= new RememberedOrders?[Listing.Count];
        return orders[version.Number] ??= RememberedOrders.Of(this, version);
    }

    /// <summary>The index of a variant within its package; null if the package has no variants.</summary>
    internal int? IndexOf(VariantId variant)
    {
        VersionId version = VersionOf(variant);
        return PackageOf(version)!.HasIndexes ? variant - FirstOf(version) : null;
    }

    /// <summary>A variant as it appears in a result.</summary>
    internal ResolvedPackage ResolvedAs(VariantId variant) => new(Slot.Name, TextOf(variant), IndexOf(variant));

    /// <summary>The error of a broken variant.</summary>
    internal VariantError ErrorOf(VariantId variant)
    {
        VersionId version = VersionOf(variant);
        return PackageOf(version)!.Variants[variant - FirstOf(version)].Error!;
    }

    /// <summary>
    /// The variants with any requirement for a dependency, other than a conflict: see <see cref="Holders"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<ulong> HoldersOf(DependencyId dependency) => Holders.AsSpan(dependency.Number * Words, Words);

    /// <summary>The variants that have a requirement. Needs <see cref="HasWords"/>.</summary>
    internal ReadOnlySpan<ulong> HolderWordsOf(RequirementId requirement) =>
        RequirementHolders.AsSpan(requirement.Number * Words, Words);

    /// <summary>The variants that satisfy a requirement whose row is computed. Needs <see cref="HasWords"/>.</summary>
    internal ReadOnlySpan<ulong> RowWordsOf(RowId row) => RowWords.AsSpan(row.Number * Words, Words);

    /// <summary>The variants that have a requirement of <see cref="Dependencies"/>.</summary>
    internal Stretch HoldersOf(RequirementId requirement)
    {
        if (HasWords)
        {
            return new Stretch(0, HolderWordsOf(requirement));
        }

        HolderSpan span = HolderSpans[requirement.Number];
        int length = HolderSpans[requirement.Number + 1].Offset - span.Offset;
        return new Stretch(span.First.Number / Bits.WordBits, RequirementHolders.AsSpan(span.Offset, length));
    }

    /// <summary>The first and the last variant that have a requirement.</summary>
    internal (VariantId First, VariantId Last) SpanOf(RequirementId requirement)
    {
        ref readonly HolderSpan span = ref HolderSpans[requirement.Number];
        return (span.First, span.Last);
    }

    /// <summary>
    /// Whether any variant of a set, which starts at a given word, has a requirement of <see cref="Dependencies"/>.
    /// </summary>
    internal bool IsHeld(RequirementId requirement, ReadOnlySpan<ulong> variants, int from) =>
        HasWords
            ? Bits.Intersects(variants, RequirementHolders.AsSpan(requirement.Number * Words + from, variants.Length))
            : HoldersOf(requirement).Intersects(variants, from);

    /// <summary>Makes sure that a row is computed, together with all rows known by now.</summary>
    internal void EnsureRow(RowId row)
    {
        if (row.Number >= RowCount)
        {
            GrowRows();
        }
    }

    /// <summary>
    /// Whether any variant of a set, which starts at a given word, satisfies a requirement, whose row must be computed.
    /// </summary>
    internal bool RowIntersects(RowId row, ReadOnlySpan<ulong> variants, int from)
    {
        if (HasWords)
        {
            return Bits.Intersects(RowWords.AsSpan(row.Number * Words + from, variants.Length), variants);
        }

        foreach ((VersionId first, VersionId end) in Listing.Rows.Of(row))
        {
            if (VersionsIntersect(first, end, variants, from))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Adds the variants that satisfy a requirement, whose row must be computed, to a set that starts at a given word.
    /// </summary>
    internal void AddRow(RowId row, Span<ulong> variants, int from)
    {
        if (HasWords)
        {
            Bits.Or(variants, RowWords.AsSpan(row.Number * Words + from, variants.Length));
            return;
        }

        foreach ((VersionId first, VersionId end) in Listing.Rows.Of(row))
        {
            AddVersions(first, end, variants, from);
        }
    }

    /// <summary>Whether any variant of a run of versions is in a set that starts at a given word.</summary>
    internal bool VersionsIntersect(VersionId first, VersionId end, ReadOnlySpan<ulong> variants, int from)
    {
        int low = from * Bits.WordBits;
        int high = low + variants.Length * Bits.WordBits;
        return Bits.IntersectsRange(
            variants,
            Math.Max(FirstOf(first).Number, low) - low,
            Math.Min(FirstOf(end).Number, high) - low
        );
    }

    /// <summary>Adds the variants of a run of versions to a set that starts at a given word.</summary>
    internal void AddVersions(VersionId first, VersionId end, Span<ulong> variants, int from)
    {
        int low = from * Bits.WordBits;
        int high = low + variants.Length * Bits.WordBits;
        Bits.AddRange(variants, Math.Max(FirstOf(first).Number, low) - low, Math.Min(FirstOf(end).Number, high) - low);
    }

    /// <summary>Computes the rows of all requirements for the family that are known by now.</summary>
    internal void GrowRows()
    {
        RowRuns rows = Listing.Rows;
        lock (rows)
        {
            int known = Slot.RequirementCount;
            int computed = _rowCount;
            ulong[] words = RowWords;
            if (HasWords && words.Length < known * Words)
            {
                // Readers know rows by number, and never read rows that they do not know. So the old array remains
                // valid for them.
                words = new ulong[(computed == 0 ? known : Math.Max(known, computed * 2)) * Words];
                RowWords.AsSpan(0, computed * Words).CopyTo(words);
            }

            for (int number = computed; number < known; number++)
            {
                RowId row = new(number);
                if (number == rows.Count)
                {
                    rows.Add(Slot.Requirement(row).Value, Listing);
                }

                foreach ((VersionId first, VersionId end) in HasWords ? rows.Of(row) : [])
                {
                    AddVersions(first, end, words.AsSpan(number * Words, Words), 0);
                }
            }

            Volatile.Write(ref RowWords, words);
            Volatile.Write(ref _rowCount, known);
        }
    }

    /// <summary>Fills a span with the variants that satisfy a requirement. The span must be empty.</summary>
    internal void FillVariants(Requirement requirement, Span<ulong> variants)
    {
        foreach ((VersionId first, VersionId end) in RunsOf(requirement))
        {
            Bits.AddRange(variants, FirstOf(first).Number, FirstOf(end).Number);
        }
    }

    /// <summary>
    /// Fills a span with the versions that satisfy a requirement, loaded or not. The span must be empty.
    /// </summary>
    internal void FillVersions(Requirement requirement, Span<ulong> versions)
    {
        foreach ((VersionId first, VersionId end) in RunsOf(requirement))
        {
            Bits.AddRange(versions, first.Number, end.Number);
        }
    }

    /// <summary>Adds all variants of some versions.</summary>
    internal void AddVariants(ReadOnlySpan<ulong> versions, Span<ulong> variants)
    {
        foreach (int number in Bits.Members(versions))
        {
            VersionId version = new(number);
            Bits.AddRange(variants, FirstOf(version).Number, EndOf(version).Number);
        }
    }

    private ReadOnlySpan<(VersionId First, VersionId End)> RunsOf(Requirement requirement)
    {
        (VersionId, VersionId)[] runs = new (VersionId, VersionId)[
            1 + (requirement.Range is { } range ? range.Bounds.Length : 0)
        ];
        return runs.AsSpan(0, RowRuns.Fill(requirement, Listing, runs));
    }
}
