namespace Rer.Compiling;

/// <summary>
/// The sound variants of a family by what they ask for, requirements and variant together, before it is merged: most
/// versions of a family ask for what their neighbours do, and it is merged and kept once.
/// </summary>
internal sealed class SharedVariants
{
    private readonly Dictionary<CompiledRequirement[], CompiledVariant> _variants = new(
        RequirementSequenceComparer.Instance
    );

    /// <summary>A variant compiled before; null if none asked for the same.</summary>
    internal CompiledVariant? Find(ReadOnlySpan<CompiledRequirement> asked) =>
        _variants
            .GetAlternateLookup<ReadOnlySpan<CompiledRequirement>>()
            .TryGetValue(asked, out CompiledVariant? variant)
            ? variant
            : null;

    /// <summary>Keeps a variant.</summary>
    internal void Add(ReadOnlySpan<CompiledRequirement> asked, CompiledVariant variant) =>
        _variants.Add(asked.SequenceEqual(variant.Requirements) ? variant.Requirements : asked.ToArray(), variant);
}
