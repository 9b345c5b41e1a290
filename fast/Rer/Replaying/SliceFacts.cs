using Rer.Compiling;
using Rer.Versions;

namespace Rer.Replaying;

/// <summary>What follows from the variants of a slice alone. It is computed when it is first read.</summary>
/// <remarks>Two threads may compute the same. It does not matter whose result stays.</remarks>
/// <param name="family">The family.</param>
/// <param name="variants">The variants.</param>
internal sealed class SliceFacts(CompiledFamily family, ulong[] variants)
{
    private ulong[]? _common;
    private VersionRange? _range;
    private Requirement?[]? _extractions;

    /// <summary>Exactly the versions.</summary>
    internal VersionRange Range =>
        _range ??= VersionRange.FromVersions(
            family.Listing.Listed.Where(HasVersion).Select(version => family.Listing.VersionOf(version))
        );

    /// <summary>The dependencies that all variants have, as a set.</summary>
    internal ulong[] Common => _common ??= FindCommon();

    /// <summary>
    /// What all the variants together require of a dependency; null if it depends on their order, or is not known yet.
    /// </summary>
    internal Requirement? FindExtraction(DependencyId dependency) => _extractions?[dependency.Number];

    /// <summary>Keeps what the variants together require of a dependency.</summary>
    internal void KeepExtraction(DependencyId dependency, Requirement extraction) =>
        (_extractions ??= new Requirement?[family.DependencyCount])[dependency.Number] = extraction;

    private bool HasVersion(VersionId version) =>
        Bits.IntersectsRange(variants, family.FirstOf(version).Number, family.EndOf(version).Number);

    private ulong[] FindCommon()
    {
        ulong[] common = new ulong[Bits.WordsFor(family.DependencyCount)];
        for (int d = 0; d < family.DependencyCount; d++)
        {
            if (Bits.IsSubset(variants, family.HoldersOf(new DependencyId(d))))
            {
                Bits.Add(common, d);
            }
        }

        return common;
    }
}
