using Rer.Compiling;
using Rer.Versions;

namespace Rer.Replaying;

/// <summary>
/// A slice as in rez: versions with their variants, in an order that depends on what was sorted when. Bits next to it
/// decide. The order is kept for texts. Corresponds to <c>_PackageVariantSlice</c>.
/// </summary>
internal sealed class ReplaySlice
{
    private readonly ReplayContext _context;
    private SliceFacts? _facts;
    private bool _versionsSorted;

    /// <summary>What this slice, and copies that differ only by an extraction, were reduced by.</summary>
    private readonly ReducedBy _reducedBy;

    internal ReplaySlice(ReplayContext context, CompiledFamily family, ReplayEntry[] entries, ulong[] bits)
        : this(context, FamilyFacts.Of(family), family, entries, bits, versionsSorted: false, new ReducedBy(null)) { }

    private ReplaySlice(
        ReplayContext context,
        FamilyFacts familyFacts,
        CompiledFamily family,
        ReplayEntry[] entries,
        ulong[] bits,
        bool versionsSorted,
        ReducedBy reducedBy
    )
    {
        _context = context;
        FamilyFacts = familyFacts;
        Family = family;
        Entries = entries;
        Variants = bits;
        _versionsSorted = versionsSorted;
        _reducedBy = reducedBy;
    }

    internal CompiledFamily Family { get; }

    /// <summary>What is known of the family.</summary>
    internal FamilyFacts FamilyFacts { get; }

    /// <summary>What is known of the slice.</summary>
    internal SliceFacts Facts => _facts ??= FamilyFacts.OfSlice(Variants);

    /// <summary>Whether <see cref="CommonFamilies"/> has been read.</summary>
    internal bool IsLookedAt { get; private set; }

    /// <summary>
    /// The versions that have variants left, each with these variants. Corresponds to <c>entries</c>.
    /// </summary>
    internal ReplayEntry[] Entries { get; private set; }

    /// <summary>The variants as a set.</summary>
    internal ulong[] Variants { get; }

    /// <summary>Whether all common families were extracted. A new slice has extracted none.</summary>
    internal bool HasExtracted { get; private init; }

    internal int Count => Bits.Count(Variants);

    /// <summary>Exactly the versions. Corresponds to <c>range_</c>.</summary>
    internal VersionRange Range => Facts.Range;

    /// <summary>Whether there are extractions left. Corresponds to <c>extractable</c>.</summary>
    internal bool IsExtractable => !HasExtracted && !Bits.IsEmpty(CommonFamilies);

    /// <summary>
    /// The dependencies that all variants have, as a set. Reading them reads the requirements of all variants, raises
    /// an error if they are invalid, and sorts those of the first version. Corresponds to <c>_update_fam_info</c>.
    /// </summary>
    internal ulong[] CommonFamilies
    {
        get
        {
            UpdateFamilyInfo();
            return Facts.Common;
        }
    }

    /// <summary>
    /// The first variant, in the order of preference within its version. Corresponds to <c>first_variant</c>.
    /// </summary>
    internal VariantId FirstVariant
    {
        get
        {
            Entries[0].Sort(Family, _context.Order);
            return Family.FirstOf(Entries[0].Version) + Entries[0].Indexes[0];
        }
    }

    /// <summary>
    /// The position of each of the family's variants among those that are left, in their current order;
    /// <see cref="int.MaxValue"/> for those that are not left.
    /// </summary>
    internal int[] Positions()
    {
        int[] positions = new int[Family.VariantCount];
        Array.Fill(positions, int.MaxValue);
        foreach ((int position, VariantId variant) in Entries.SelectMany(VariantsOf).Index())
        {
            positions[variant.Number] = position;
        }

        return positions;
    }

    internal void UpdateFamilyInfo()
    {
        if (!IsLookedAt)
        {
            Entries[0].Sort(Family, _context.Order);
            RaiseIfBroken();
            IsLookedAt = true;
        }
    }

    /// <summary>The slice after all its common families were extracted.</summary>
    internal ReplaySlice Extracted() =>
        new(_context, FamilyFacts, Family, Entries, Variants, _versionsSorted, _reducedBy)
        {
            HasExtracted = true,
            IsLookedAt = IsLookedAt,
            _facts = _facts,
        };

    /// <summary>The slice without the variants that a set lacks; null if none are left.</summary>
    internal ReplaySlice? Where(ulong[] kept)
    {
        ulong[] left = [.. Variants];
        Bits.And(left, kept);
        if (Bits.IsEmpty(left))
        {
            return null;
        }

        List<ReplayEntry> entries = new(Entries.Length);
        foreach (ReplayEntry entry in Entries)
        {
            if (entry.Where(Family, left) is { } rest)
            {
                entries.Add(rest);
            }
        }

        return new ReplaySlice(
            _context,
            FamilyFacts,
            Family,
            [.. entries],
            left,
            _versionsSorted,
            new ReducedBy(_reducedBy.Latest)
        );
    }

    /// <summary>
    /// Whether rez would skip a reduction without examining the slice. It matters to a slice whose families were not
    /// read yet, because reading them would sort it.
    /// </summary>
    internal bool WasReducedBy(ReplayScope by) => !IsLookedAt && _reducedBy.Contains(by);

    /// <summary>Remembers a reduction. Corresponds to <c>been_reduced_by</c>.</summary>
    internal void RememberReducedBy(ReplayScope by) => _reducedBy.Latest = new ReducedBy.Node(by, _reducedBy.Latest);

    /// <summary>Sorts the versions in place. Corresponds to <c>sort_versions</c>.</summary>
    internal void SortVersions()
    {
        if (_versionsSorted)
        {
            return;
        }

        Dictionary<VersionId, ReplayEntry> byVersion = Entries.ToDictionary(entry => entry.Version);
        Entries =
        [
            .. Ordering
                .VersionOrder.Of(_context.Input.Orderers, Family, Variants)
                .Select(version => byVersion[version]),
        ];
        _versionsSorted = true;
    }

    /// <summary>Cuts the slice in two. Corresponds to <c>split</c>.</summary>
    internal (ReplaySlice First, ReplaySlice Next) Split()
    {
        SortVersions();
        List<DependencyId> shared = [];
        if (Count > 2)
        {
            VariantId first = FirstVariant;
            ulong[] common = HasExtracted ? CommonFamilies : [];
            for (int number = 0; number < Family.DependencyCount; number++)
            {
                DependencyId d = new(number);
                if (Holds(d, first) && !(common.Length > 0 && Bits.Contains(common, number)))
                {
                    shared.Add(d);
                }
            }
        }

        ulong[] kept = new ulong[Family.Words];
        int cut = shared.Count == 0 ? 0 : CutAfterShared(shared, kept);
        if (cut == 0)
        {
            Bits.Add(kept, FirstVariant.Number);
        }

        ulong[] rest = [.. Variants];
        Bits.AndNot(rest, kept);
        return (Where(kept)!, Where(rest)!);
    }

    private int CutAfterShared(List<DependencyId> shared, ulong[] kept)
    {
        int cut = 0;
        foreach (ReplayEntry entry in Entries)
        {
            entry.Sort(Family, _context.Order);
            foreach (VariantId variant in VariantsOf(entry))
            {
                shared.RemoveAll(d => !Holds(d, variant));
                if (shared.Count == 0)
                {
                    return cut;
                }

                Bits.Add(kept, variant.Number);
                cut++;
            }
        }

        throw new InvalidOperationException($"{Family.Slot.Name} is split with a family in common");
    }

    /// <summary>The variants of an entry, in its order.</summary>
    internal IEnumerable<VariantId> VariantsOf(ReplayEntry entry) =>
        entry.Indexes.Select(index => Family.FirstOf(entry.Version) + index);

    private bool Holds(DependencyId dependency, VariantId variant) =>
        Bits.Contains(Family.HoldersOf(dependency), variant.Number);

    private void RaiseIfBroken()
    {
        if (Family.Broken is not null && Bits.Intersects(Variants, Family.Broken))
        {
            foreach (VariantId variant in Entries.SelectMany(VariantsOf))
            {
                ReplayEntry.RaiseIfBroken(Family, variant);
            }
        }
    }

    /// <inheritdoc />
    /// <remarks>As <c>_PackageVariantSlice.__str__</c> explains its form.</remarks>
    public override string ToString()
    {
        int count = Count;
        string text;
        if (count == 1)
        {
            VariantId variant = FirstVariant;
            string version = Family.TextOf(variant);
            text = Family.IndexOf(variant) is { } index
                ? $"[{Family.Slot.Name}=={version}[{index}]]"
                : $"[{Family.Slot.Name}=={version}]";
        }
        else if (Entries.Length == 1)
        {
            IEnumerable<int> indexes = Entries[0].Indexes.Order();
            text = $"[{Family.Slot.Name}=={Family.Listing.TextOf(Entries[0].Version)}[{string.Join(',', indexes)}]]";
        }
        else
        {
            string counts = Entries.Length == count ? $"{count}" : $"{Entries.Length}:{count}";
            text = $"{Family.Slot.Name}[{Range.Span()}({counts})]";
        }

        return IsExtractable ? text + "*" : text;
    }

    /// <summary>
    /// A list of reductions. Copies by extraction keep sharing it; other copies start with its current contents.
    /// </summary>
    private sealed class ReducedBy(ReducedBy.Node? latest)
    {
        internal Node? Latest { get; set; } = latest;

        internal bool Contains(ReplayScope scope)
        {
            for (Node? node = Latest; node is not null; node = node.Before)
            {
                if (node.By.RequestsTheSame(scope))
                {
                    return true;
                }
            }

            return false;
        }

        internal sealed record Node(ReplayScope By, Node? Before);
    }
}
