using Rer.Repositories.Disk;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Indexing;

/// <summary>Compares a published index with the disk.</summary>
/// <param name="root">The package path.</param>
/// <param name="index">The index.</param>
/// <param name="python">Evaluates what cannot be known without Python; null to leave it out.</param>
/// <param name="isThorough">Whether every file is read again. Otherwise, files are only looked at.</param>
internal sealed class IndexInspection(DirectoryRoot root, IndexFile index, PythonEvaluator? python, bool isThorough)
{
    private readonly FamilySurvey _survey = new(root, python);
    private readonly FamilyCompiler _compiler = new();
    private readonly List<IndexChange> _changes = [];
    private int _done;

    /// <summary>The differences, by family.</summary>
    /// <param name="families">The families to compare; null for all.</param>
    /// <param name="progress">Receives progress.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    public IReadOnlyList<IndexChange> Run(
        IReadOnlyList<string>? families,
        IProgress<IndexProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        RootListing listing = RootListing.Read(root);
        string[] known = index.ReadNames() ?? [];
        string[] names =
        [
            .. listing
                .Names.Union(known)
                .Where(name => families?.Contains(name) != false)
                .Order(StringComparer.Ordinal),
        ];
        HashSet<string> onDisk = [.. listing.Names];
        SharedWork<string>.ForEach(
            names,
            root.Calls.Pace,
            name =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                Compare(name, onDisk.Contains(name));
                progress?.Report(new IndexProgress(Interlocked.Increment(ref _done), names.Length));
            }
        );
        return
        [
            .. _changes
                .OrderBy(change => change.Family, StringComparer.Ordinal)
                .ThenBy(change => change.Version, StringComparer.Ordinal),
        ];
    }

    private void Compare(string name, bool isOnDisk)
    {
        FamilyEntry? entry = index.Find(name);
        if (!isOnDisk)
        {
            Note(IndexChangeKind.Removed, name, null, "the family is gone");
        }
        else if (entry is null)
        {
            Note(
                IndexChangeKind.Added,
                name,
                null,
                index.MayHave(name) ? "its entry is damaged" : "the family is not in the index"
            );
        }
        else if (isThorough)
        {
            Read(name, entry);
        }
        else
        {
            Look(name, entry);
        }
    }

    private void Look(string name, FamilyEntry entry)
    {
        string directory = Path.Combine(root.Path, name);
        if (!entry.IsListed)
        {
            Note(IndexChangeKind.Unknown, name, null, "the family is read from disk");
            return;
        }
        if (entry.IsSteady && !FamilyLooks.ListingHolds(root, directory, entry))
        {
            Note(IndexChangeKind.Changed, name, null, "its versions may have changed");
        }
        foreach (string version in entry.Versions)
        {
            int place = entry.Find(version);
            if (place < 0)
            {
                Note(IndexChangeKind.Unknown, name, version, "the definition is read from disk");
            }
            else if (entry.Kind == FamilyKind.Directory && !FamilyLooks.DefinitionHolds(root, directory, entry, place))
            {
                Note(IndexChangeKind.Changed, name, version, "its definition may have changed");
            }
        }
    }

    private void Read(string name, FamilyEntry entry)
    {
        SurveyedFamily found = _survey.Look(name, known: null);
        lock (_changes)
        {
            if (found.Content is not { } content)
            {
                Note(IndexChangeKind.Removed, name, null, "the family is gone");
                return;
            }
            IndexDifferences.Add(entry, content, _changes);
            foreach ((string? version, string why) in found.Unknown)
            {
                bool isKnown =
                    version is not null && entry.Find(version) is >= 0 and var place && !entry.IsEvaluatedAt(place);
                Note(isKnown ? IndexChangeKind.Changed : IndexChangeKind.Unknown, name, version, why);
            }
            FamilyContent stored = entry.ToContent();
            byte[] again = FamilyEntryFormat.Write(stored, index.Header.Use, _compiler.Compile(stored));
            if (!again.AsSpan().SequenceEqual(index.ReadBytes(name)))
            {
                Note(IndexChangeKind.Changed, name, null, "it is compiled differently");
            }
        }
    }

    private void Note(IndexChangeKind kind, string family, string? version, string detail)
    {
        lock (_changes)
        {
            _changes.Add(new IndexChange(kind, family, version, detail));
        }
    }
}
