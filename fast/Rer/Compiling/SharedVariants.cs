namespace Rer.Compiling;

/// <summary>
/// Technique: variants once. The sound variants of a family by what they ask for, requirements and variant together,
/// before it is merged: most versions of a family ask for what their neighbours do, and it is merged and kept once.
/// </summary>
internal sealed class SharedVariants
{
    private readonly RequirementListMap<CompiledVariant> _variants = new();

    private PackageDefinition? _latest;
    private CompiledVariant[] _ofLatest = [];

    /// <summary>
    /// All variants of the definition that was compiled before this one, if the two have the same lists: a repository that
    /// knows that neighbouring versions ask for the same shares them.
    /// </summary>
    internal CompiledVariant[]? FindAll(PackageDefinition definition, bool building) =>
        _latest is not null
        && ReferenceEquals(_latest.Requires, definition.Requires)
        && ReferenceEquals(_latest.Variants, definition.Variants)
        && (!building || ReferenceEquals(_latest.BuildRequires, definition.BuildRequires))
            ? _ofLatest
            : null;

    /// <summary>Keeps all variants of a definition, unless something is wrong with one: that names its version.</summary>
    internal void AddAll(PackageDefinition definition, CompiledVariant[] variants)
    {
        if (Array.TrueForAll(variants, variant => variant.Error is null))
        {
            (_latest, _ofLatest) = (definition, variants);
        }
    }

    /// <summary>A variant compiled before; null if none asked for the same.</summary>
    internal CompiledVariant? Find(ReadOnlySpan<CompiledRequirement> asked) =>
        _variants.TryFind(asked, out CompiledVariant variant) ? variant : null;

    /// <summary>Keeps a variant.</summary>
    internal void Add(ReadOnlySpan<CompiledRequirement> asked, CompiledVariant variant) =>
        _variants.Add(asked.SequenceEqual(variant.Requirements) ? variant.Requirements : asked.ToArray(), variant);
}
