using Rer.Repositories.Definitions;
using Rer.Repositories.Indexing;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Filesystem;

/// <summary>A combined family of which an index learns what is read.</summary>
internal sealed class LearntCombinedFamily : IFamilySource
{
    private readonly CombinedFamily _family;
    private readonly IndexedFamily _indexed;

    /// <summary>Tells the index which versions the family has.</summary>
    /// <param name="family">The family, whose file is old enough that a change must show.</param>
    /// <param name="kind">Which kind of file that is.</param>
    /// <param name="indexed">What learns of it.</param>
    public LearntCombinedFamily(CombinedFamily family, FamilyKind kind, IndexedFamily indexed)
    {
        (_family, _indexed) = (family, indexed);
        indexed.KeepListing(kind, family.File, family.Versions);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Versions => _family.Versions;

    /// <inheritdoc />
    public string PathOf(string version) => _family.PathOf(version);

    /// <inheritdoc />
    public PackageDefinition Load(string version)
    {
        PackageDefinition definition = _family.Load(version);
        if (definition is { BuildRequires: not DeferredList, DeferredTimestamp: null, HoldsEverywhere: true })
        {
            _indexed.Keep(version, default, definition);
        }
        return definition;
    }
}
