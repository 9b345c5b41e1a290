namespace Rer.Compiling;

/// <summary>Compares lists by their requirements, in order.</summary>
internal sealed class RequirementSequenceComparer
    : IEqualityComparer<CompiledRequirement[]>
#if NET9_0_OR_GREATER
        ,
        IAlternateEqualityComparer<ReadOnlySpan<CompiledRequirement>, CompiledRequirement[]>
#endif
{
    internal static readonly RequirementSequenceComparer Instance = new();

    public bool Equals(CompiledRequirement[]? x, CompiledRequirement[]? y) =>
        ReferenceEquals(x, y) || x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<CompiledRequirement> alternate, CompiledRequirement[] other) =>
        alternate.SequenceEqual(other);

    public int GetHashCode(CompiledRequirement[] list) => GetHashCode(list.AsSpan());

    public int GetHashCode(ReadOnlySpan<CompiledRequirement> alternate)
    {
        uint hash = (uint)alternate.Length;
        foreach (CompiledRequirement requirement in alternate)
        {
            hash = (hash * 31 + (uint)requirement.Slot.Id.Number) * 0x9E3779B1u + (uint)requirement.Row.Number;
        }

        return (int)hash;
    }

    public CompiledRequirement[] Create(ReadOnlySpan<CompiledRequirement> alternate) => alternate.ToArray();
}
