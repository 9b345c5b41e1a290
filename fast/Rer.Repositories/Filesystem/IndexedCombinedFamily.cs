using Rer.Repositories.Disk;
using Rer.Repositories.Indexing;
using Rer.Repositories.Layout;
using Rer.Repositories.Python;

namespace Rer.Repositories.Filesystem;

/// <summary>
/// A combined family whose versions an index knows. Its file is read only for what the index does not know.
/// </summary>
/// <param name="root">The package path.</param>
/// <param name="indexed">What indexes know about it.</param>
/// <param name="entry">Its entry in an index.</param>
/// <param name="hasPython">Whether Python is available.</param>
/// <param name="statistics">Counts definitions that come from the index.</param>
internal sealed class IndexedCombinedFamily(
    DirectoryRoot root,
    IndexedFamily indexed,
    FamilyEntry entry,
    bool hasPython,
    RepositoryStatistics statistics
) : IFamilySource
{
    private readonly string _extension = DefinitionFile.Extensions[entry.Kind == FamilyKind.Python ? 0 : 1];

    /// <inheritdoc />
    public IReadOnlyList<string> Versions => entry.Versions;

    /// <inheritdoc />
    public string PathOf(string version) => Path.Combine(root.Path, indexed.Name + _extension);

    /// <inheritdoc />
    public PackageDefinition Load(string version)
    {
        if (indexed.Find(version, () => Read().Load(version).BuildRequires, hasPython) is { } known)
        {
            statistics.CountCacheHits();
            return known;
        }
        return Read().Load(version);
    }

    private CombinedFamily Read() =>
        CombinedFamily.TryRead(root, indexed.Name, _extension)
        ?? throw DefinitionError.In(PathOf(""), "cannot read the package definition: the file is gone");
}
