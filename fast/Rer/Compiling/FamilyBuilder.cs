namespace Rer.Compiling;

/// <summary>Builds the tables of a <see cref="CompiledFamily"/> from the loaded definitions of a family.</summary>
internal sealed class FamilyBuilder
{
    private readonly FamilySlot _slot;
    private readonly FamilyListing _listing;
    private readonly CompiledPackage?[] _packages;
    private readonly int[] _firstVariant;
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
        _firstVariant = new int[listing.Count + 1];
        for (int version = 0; version < listing.Count; version++)
        {
            _firstVariant[version + 1] = _firstVariant[version] + (packages[version]?.Variants.Length ?? 0);
        }

        _variantCount = _firstVariant[^1];
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
        int[] versionOf = new int[_variantCount];
        int[] listOf = new int[_variantCount];
        ulong[]? broken = null;
        bool isPartial = false;
        for (int version = 0; version < _listing.Count; version++)
        {
            if (_packages[version] is not { } package)
            {
                isPartial = true;
                continue;
            }

            for (int i = 0; i < package.Variants.Length; i++)
            {
                int variant = _firstVariant[version] + i;
                versionOf[variant] = version;
                if (package.Variants[i].Error is not null)
                {
                    broken ??= new ulong[_words];
                    Bits.Add(broken, variant);
                }

                CompiledRequirement[] requirements = package.Variants[i].Requirements;
                // Neighbouring versions mostly share their list.
                listOf[variant] =
                    variant > 0 && ReferenceEquals(requirements, _lists[listOf[variant - 1]])
                        ? listOf[variant - 1]
                        : ListOf(requirements);
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
            FirstVariants = _firstVariant,
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
