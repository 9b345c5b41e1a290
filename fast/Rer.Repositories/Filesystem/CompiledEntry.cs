using Rer.Compiling;
using Rer.Repositories.Indexing;

namespace Rer.Repositories.Filesystem;

/// <summary>The compiled form of a family in an index.</summary>
/// <param name="indexed">The family.</param>
/// <param name="entry">Its entry.</param>
/// <param name="readBuildRequires">Reads the build requirements of a version if the index does not know them.</param>
/// <param name="statistics">Counts definitions that come from it.</param>
internal sealed class CompiledEntry(
    IndexedFamily indexed,
    FamilyEntry entry,
    Func<string, IReadOnlyList<string>> readBuildRequires,
    RepositoryStatistics statistics
) : StoredFamily
{
    private ulong[]? _used;

    public override bool IsWatched => indexed.IsWatched;

    public override CompiledFamily Read(FamilySlot slot, SlotTable slots, CompilingLimits limits) =>
        entry.ReadCompiled(slot, slots, limits);

    public override long TimestampOf(int position) => entry.TimestampAt(position);

    public override PackageDefinition GetDefinition(string version) =>
        entry.ReadDefinition(entry.Find(version), () => readBuildRequires(version));

    public override void Use(CompiledFamily family, ReadOnlySpan<ulong> versions)
    {
        List<int> places = [];
        lock (this)
        {
            _used ??= new ulong[family.VersionWords];
            for (int version = Bits.First(versions); version >= 0; version = Bits.Next(versions, version + 1))
            {
                if (!Bits.Contains(_used, version))
                {
                    Bits.Add(_used, version);
                    int place = family.Listing.Positions[version];
                    if (entry.IsKnownAt(place))
                    {
                        places.Add(place);
                    } // otherwise it was just read from disk
                }
            }
        }
        if (places.Count > 0)
        {
            statistics.CountCacheHits(places.Count);
            if (indexed.IsWatched)
            {
                indexed.NoteUses(places);
            }
        }
    }
}
