namespace Rer.Compiling;

/// <summary>
/// Technique: variants once. The variants of a family without errors, by their own requirements and those of their
/// package before merging. Most versions of a family have the same requirements as their neighbours, so these are
/// merged and stored once.
/// </summary>
internal sealed class SharedVariants
{
    private readonly RequirementListMap<CompiledVariant> _variants = new();

    private PackageDefinition? _latest;
    private CompiledVariant[] _ofLatest = [];

    /// <summary>
    /// All variants of the previously compiled definition, if the two have the same lists. A repository that knows that
    /// neighbouring versions have equal requirements shares the lists.
    /// </summary>
    internal CompiledVariant[]? FindAll(PackageDefinition definition, bool building) =>
        _latest is not null
        && ReferenceEquals(_latest.Requires, definition.Requires)
        && ReferenceEquals(_latest.Variants, definition.Variants)
        && (!building || ReferenceEquals(_latest.BuildRequires, definition.BuildRequires))
            ? _ofLatest
            : null;

    /// <summary>
    /// Stores all variants of a definition, unless one has an error, because the error names its version.
    /// </summary>
    internal void AddAll(PackageDefinition definition, CompiledVariant[] variants)
    {
        if (Array.TrueForAll(variants, variant => variant.Error is null))
        {
            (_latest, _ofLatest) = (definition, variants);
        }
    }

    /// <summary>A variant compiled before; null if none had the same requirements.</summary>
    internal CompiledVariant? Find(ReadOnlySpan<CompiledRequirement> asked) =>
        _variants.TryFind(asked, out CompiledVariant variant) ? variant : null;

    /// <summary>Stores a variant.</summary>
    internal void Add(ReadOnlySpan<CompiledRequirement> asked, CompiledVariant variant) =>
        _variants.Add(asked.SequenceEqual(variant.Requirements) ? variant.Requirements : asked.ToArray(), variant);
}
