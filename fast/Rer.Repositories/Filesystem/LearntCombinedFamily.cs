using Rer.Repositories.Definitions;
using Rer.Repositories.Indexing;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Filesystem;

/// <summary>A combined family whose contents an index learns as they are read.</summary>
internal sealed class LearntCombinedFamily : IFamilySource
{
    private readonly CombinedFamily _family;
    private readonly IndexedFamily _indexed;

    /// <summary>Adds the versions of the family to the index.</summary>
    /// <param name="family">The family. Its file is old enough that any later change would be visible.</param>
    /// <param name="kind">The kind of the file.</param>
    /// <param name="indexed">The index's view of the family, which learns its contents.</param>
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
