using Rer.Repositories.Disk;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Indexing;

/// <summary>Updates a published index from the disk.</summary>
/// <param name="root">The package path.</param>
/// <param name="options">The options.</param>
/// <param name="families">The families of the index, which are changed.</param>
/// <param name="changes">Receives the changes.</param>
internal sealed class IndexRevision(
    DirectoryRoot root,
    PublishedIndexOptions options,
    IndexFamilies families,
    List<IndexChange> changes
)
{
    // A file that was just written could change again without a visible change of its times, so it is read again after
    // these waits. The first is long enough for local file systems, the second for all.
    private static readonly TimeSpan[] s_settling = [TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(2600)];

    private readonly FamilySurvey _survey = new(root, options.Python);
    private readonly FamilyCompiler _compiler = new();
    private readonly List<string> _unsettled = [];
    private int _done;

    /// <summary>Surveys the families and stores those that have changed.</summary>
    public IndexScope Run(IProgress<IndexProgress>? progress, CancellationToken cancellationToken)
    {
        DateTimeOffset begun = DateTimeOffset.UtcNow;
        RootListing listing = RootListing.Read(root);
        HashSet<string> old = [.. families.OldNames];
        foreach (string name in old.Except(listing.Names))
        {
            Remove(name);
        }
        string[] names =
        [
            .. listing
                .Names.Where(name => options.Families is null || options.Families.Contains(name) || !old.Contains(name))
                .Order(StringComparer.Ordinal),
        ];
        Revise(names, progress, cancellationToken);
        FileIdentity identity = FileIdentity.Of(listing.Directory, IdentityUse.Shared);
        bool wasSettled = listing.Directory.IsSettledAt(begun);
        bool isSettled = wasSettled;
        foreach (TimeSpan wait in isSettled && _unsettled.Count == 0 ? [] : s_settling)
        {
            if (cancellationToken.WaitHandle.WaitOne(wait))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            string[] again = [.. _unsettled.Distinct()];
            _unsettled.Clear();
            changes.RemoveAll(change => again.Contains(change.Family)); // they are compared with the old index again
            _done = 0;
            Revise(again, progress, cancellationToken);
            isSettled |= listing.Directory.IsSettled;
            if (isSettled && _unsettled.Count == 0)
            {
                break;
            }
        }
        // If the package path changed during the survey and kept the same times, nobody would ever notice. So it is
        // listed once more.
        bool isKept =
            listing.DependsOnNothingElse
            && isSettled
            && (wasSettled || listing.Names.ToHashSet().SetEquals(RootListing.Read(root).Names))
            && identity.Holds(root.Look(root.Path));
        return new IndexScope(IsWhole: true, isKept ? identity : default);
    }

    private void Revise(string[] names, IProgress<IndexProgress>? progress, CancellationToken cancellationToken) =>
        SharedWork<string>.ForEach(
            names,
            root.Calls.Pace,
            name =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                Revise(name);
                progress?.Report(new IndexProgress(Interlocked.Increment(ref _done), names.Length));
            }
        );

    private void Revise(string name)
    {
        FamilyEntry? known = families.Find(name);
        SurveyedFamily found = _survey.Look(name, known);
        lock (changes)
        {
            foreach ((string? version, string why) in found.Unknown)
            {
                changes.Add(new IndexChange(IndexChangeKind.Unknown, name, version, why));
            }
            if (!found.IsSettled)
            {
                _unsettled.Add(name);
            }
            if (found.Content is not { } content)
            {
                Remove(name);
                return;
            }
            if (IsSame(known, content, found))
            {
                return;
            }
            IndexDifferences.Add(known, content, changes);
            families.Put(content, _compiler);
        }
    }

    private void Remove(string name)
    {
        if (families.OldNames.Contains(name))
        {
            changes.Add(new IndexChange(IndexChangeKind.Removed, name, null, "the family is gone"));
        }
        families.Remove(name);
    }

    /// <summary>Whether nothing was read, so that the entry can be kept as it is.</summary>
    private static bool IsSame(FamilyEntry? known, FamilyContent content, SurveyedFamily found) =>
        known is { Kind: FamilyKind.Directory, IsListed: true }
        && ReferenceEquals(known.Versions, content.Versions)
        && found.Unread == known.KnownDefinitions
        && content.Definitions.Count == known.KnownDefinitions;
}
