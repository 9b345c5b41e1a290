namespace Rer.Compiling;

/// <summary>Builds the tables of a <see cref="CompiledFamily"/> from the loaded definitions of a family.</summary>
internal sealed class FamilyBuilder
{
    private readonly FamilySlot _slot;
    private readonly FamilyListing _listing;
    private readonly CompiledPackage?[] _packages;
    private readonly VariantId[] _firstVariants;
    private readonly int _variantCount;
    private readonly int _words;
    private readonly CompilingLimits _limits;

    // Each family is compiled once before any of it is loaded.
    private static readonly DependencyBuilder s_noDependencies = new([], [], 0, CompilingLimits.Default);

    private readonly List<CompiledRequirement[]> _lists = [];
    private RequirementListMap<int>? _known;

    private FamilyBuilder(FamilySlot slot, FamilyListing listing, CompiledPackage?[] packages, CompilingLimits limits)
    {
        _limits = limits;
        _slot = slot;
        _listing = listing;
        _packages = packages;
        _firstVariants = new VariantId[listing.Count + 1];
        for (int i = 0; i < listing.Count; i++)
        {
            _firstVariants[i + 1] = _firstVariants[i] + (packages[i]?.Variants.Length ?? 0);
        }

        _variantCount = _firstVariants[^1].Number;
        _words = Bits.WordsFor(_variantCount);
    }

    /// <summary>Compiles a family from its listing and the loaded definitions, which are null if not loaded.</summary>
    internal static CompiledFamily Build(
        FamilySlot slot,
        FamilyListing listing,
        CompiledPackage?[] packages,
        CompilingLimits limits
    ) => new FamilyBuilder(slot, listing, packages, limits).Build();

    private CompiledFamily Build()
    {
        VersionId[] versionOf = new VersionId[_variantCount];
        int[] listOf = new int[_variantCount];
        ulong[]? broken = null;
        bool isPartial = false;
        int next = 0;
        for (VersionId version = default; version < _listing.End; version++)
        {
            if (_packages[version.Number] is not { } package)
            {
                isPartial = true;
                continue;
            }

            foreach (CompiledVariant variant in package.Variants)
            {
                versionOf[next] = version;
                if (variant.Error is not null)
                {
                    broken ??= new ulong[_words];
                    Bits.Add(broken, next);
                }

                // Neighbouring versions mostly share their list.
                listOf[next] =
                    next > 0 && ReferenceEquals(variant.Requirements, _lists[listOf[next - 1]])
                        ? listOf[next - 1]
                        : ListOf(variant.Requirements);
                next++;
            }
        }

        DependencyBuilder tables =
            _variantCount == 0 ? s_noDependencies : new DependencyBuilder(_lists, listOf, _words, _limits);
        return new CompiledFamily
        {
            Slot = _slot,
            Listing = _listing,
            Packages = _packages,
            IsPartial = isPartial,
            Edition = isPartial ? _slot.NextEdition() : 0,
            VariantCount = _variantCount,
            Words = _words,
            HasWords = _words <= _limits.FewWords,
            FirstVariants = _firstVariants,
            Versions = versionOf,
            Broken = broken,
            Dependencies = tables.Dependencies,
            Holders = tables.Holders,
            Rows = tables.Rows,
            RequirementHolders = tables.RequirementHolders,
            HolderSpans = tables.Spans,
            ListNumbers = listOf,
            Lists = _variantCount == 0 ? RequirementLists.None : tables.Lists,
        };
    }

    private int ListOf(CompiledRequirement[] requirements)
    {
        _known ??= new();
        if (!_known.TryFind(requirements, out int list))
        {
            list = _lists.Count;
            _known.Add(requirements, list);
            _lists.Add(requirements);
        }

        return list;
    }
}
