using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;
using Rer.Repositories.Layout;

namespace Rer.Repositories.Indexing;

/// <summary>
/// What the indexes of a package path know about one family, read on first use, and what has been learnt since. Safe
/// for concurrent callers.
/// </summary>
/// <param name="location">The package path.</param>
/// <param name="name">The family's name.</param>
internal sealed class IndexedFamily(LocationIndex location, string name)
{
    private readonly Lock _lock = new();
    private readonly Lazy<Source[]> _sources = new(() => FindSources(location, name));
    private Dictionary<string, IndexedDefinition>? _learnt;
    private FamilyContent? _listing;

    /// <summary>The family's name.</summary>
    public string Name => name;

    /// <summary>Its directory, if it is one.</summary>
    public string Directory { get; } = Path.Combine(location.Root.Path, name);

    /// <inheritdoc cref="LocationIndex.Learns" />
    public bool Learns => location.Learns;

    /// <summary>The entry whose versions were handed out; null if the disk was read.</summary>
    public FamilyEntry? Found { get; private set; }

    /// <summary>The index that answered for the family; null if none did.</summary>
    public IndexFile? Answered { get; private set; }

    /// <summary>
    /// The index that has the family, or should have it, if the disk had to be read anyway; null if there is none.
    /// </summary>
    public IndexFile? FellBack { get; private set; }

    /// <summary>Whether something learnt has not been written yet.</summary>
    public bool HasLearnt
    {
        get
        {
            lock (_lock)
            {
                return _learnt is not null || _listing is not null;
            }
        }
    }

    /// <summary>
    /// Whether the compiled family may be handed out, because its definitions need no checks beforehand.
    /// </summary>
    /// <param name="hasPython">Whether Python is available to evaluate definitions again.</param>
    public bool MayCompile(bool hasPython) =>
        Found is { HasCompiled: true, Kind: FamilyKind.Directory } found
        && (location.Level != IndexLevel.Strict || (location.Checks is not null && !(hasPython && found.IsEvaluated)));

    /// <summary>Whether each definition that is used has to be checked later.</summary>
    public bool IsWatched => location.Level == IndexLevel.Strict && location.Checks is not null;

    /// <summary>Whether an index has the family.</summary>
    public bool IsKnown => _sources.Value.Length > 0;

    /// <summary>Whether the family is known not to exist.</summary>
    public bool IsAbsent() => _sources.Value.Length == 0 && !MayBeDamaged() && location.KnowsAllNames();

    /// <summary>The family, with the versions that an index knows; null if the disk must be read.</summary>
    public FamilyEntry? Find()
    {
        foreach (Source source in _sources.Value)
        {
            FamilyEntry entry = source.Entry;
            if (!entry.IsListed)
            {
                continue;
            }
            if (location.IsTrusted)
            {
                return Answer(source);
            }
            if (!entry.IsSteady)
            {
                continue;
            }
            if (location.Checks is { } checks)
            {
                checks.Add(new ListingCheck(this, entry, checks));
                return Answer(source);
            }
            if (ListingHolds(entry))
            {
                return Answer(source);
            }
        }
        FellBack =
            _sources.Value is [var first, ..] ? first.File
            : MayBeDamaged() ? location.Published
            : null;
        return null;
    }

    /// <summary>The definition of a version; null if it is not known, or if its file has changed.</summary>
    /// <param name="version">The version.</param>
    /// <param name="readBuildRequires">Reads its build requirements if no index knows them.</param>
    /// <param name="hasPython">Whether Python is available to evaluate definitions again.</param>
    public PackageDefinition? Find(string version, Func<IReadOnlyList<string>> readBuildRequires, bool hasPython)
    {
        foreach (Source source in _sources.Value)
        {
            FamilyEntry entry = source.Entry;
            int place = entry.Find(version);
            if (place < 0 || (entry.Kind != FamilyKind.Directory && entry != Found))
            {
                continue;
            }
            if (hasPython && location.Level == IndexLevel.Strict && entry.IsEvaluatedAt(place))
            {
                continue;
            }
            if (entry.Kind == FamilyKind.Directory && location.Level == IndexLevel.Strict)
            {
                if (location.Checks is { } checks)
                {
                    checks.Add(new DefinitionCheck(this, entry, place, checks));
                }
                else if (!DefinitionHolds(entry, place))
                {
                    continue;
                }
            }
            return entry.ReadDefinition(place, readBuildRequires);
        }
        return null;
    }

    /// <summary>Records that definitions of the compiled family are used.</summary>
    /// <param name="places">Their positions in <see cref="Found"/>.</param>
    public void NoteUses(List<int> places)
    {
        ChecksBehind checks = location.Checks!;
        Check[] uses = new Check[places.Count];
        for (int i = 0; i < uses.Length; i++)
        {
            uses[i] = new DefinitionCheck(this, Found!, places[i], checks);
        }
        checks.Add(uses);
    }

    /// <summary>Stores the versions of a family, if any change to them will be visible.</summary>
    public void KeepListing(FamilyKind kind, in FileLook look, IReadOnlyList<string> versions)
    {
        if (location.Learns)
        {
            lock (_lock)
            {
                _listing = new FamilyContent(name)
                {
                    Kind = kind,
                    IsListed = true,
                    IsSteady = true,
                    Identity = FileIdentity.Of(look, IdentityUse.Local),
                    Versions = versions,
                };
            }
        }
    }

    /// <summary>Stores a definition, if any change to it will be visible.</summary>
    public void Keep(string version, DefinitionIdentity identity, PackageDefinition definition)
    {
        if (location.Learns)
        {
            lock (_lock)
            {
                _learnt ??= [];
                _learnt[version] = new IndexedDefinition(identity, definition);
            }
        }
    }

    /// <summary>
    /// What has been learnt, combined with the current contents of the index, which another process may have written.
    /// </summary>
    /// <param name="current">The entry in this machine's index.</param>
    public FamilyContent TakeLearnt(FamilyEntry? current)
    {
        lock (_lock)
        {
            Dictionary<string, IndexedDefinition> definitions = _learnt ?? new(StringComparer.Ordinal);
            FamilyContent? held = TryRead(current);
            FamilyContent? listing = _listing ?? (held is { IsListed: true } ? held : null);
            if (listing is not null && definitions.Keys.Except(listing.Versions).Any())
            {
                listing = null; // it is older than these definitions
            }
            HashSet<string>? listed = listing is null ? null : [.. listing.Versions];
            // The definitions of a combined family are valid only for the file that they were read from.
            bool isCurrent = held is { Kind: FamilyKind.Directory } || held?.Identity == listing?.Identity;
            foreach ((string version, IndexedDefinition definition) in isCurrent ? held?.Definitions ?? [] : [])
            {
                // Drop versions that no longer exist, so that an index does not grow forever.
                if (listed?.Contains(version) != false && definition.Definition.BuildRequires is not DeferredList)
                {
                    definitions.TryAdd(version, definition);
                }
            }
            (_learnt, _listing) = (null, null);
            return new FamilyContent(name)
            {
                Kind = listing?.Kind ?? FamilyKind.Directory,
                IsListed = listing is not null,
                IsSteady = listing is not null,
                Identity = listing?.Identity ?? default,
                Seen = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
                Versions = listing?.Versions ?? [.. definitions.Keys.Order(StringComparer.Ordinal)],
                Definitions = definitions,
            };
        }
    }

    /// <summary>The indexes that have the family. The one that saw the family on disk last comes first.</summary>
    private static Source[] FindSources(LocationIndex location, string name)
    {
        Source? published = location.Published is { } p && p.Find(name) is { } ours ? new Source(p, ours) : null;
        Source? local = location.Local is { } l && l.Find(name) is { } own ? new Source(l, own) : null;
        return (published, local) switch
        {
            ({ } first, { } second) => second.Entry.Seen > first.File.Header.Made ? [second, first] : [first, second],
            ({ } only, null) => [only],
            (null, { } only) => [only],
            _ => [],
        };
    }

    private DirectoryRoot Root => location.Root;

    private bool MayBeDamaged() => location.Published?.MayHave(name) == true;

    private FamilyEntry Answer(Source source)
    {
        Answered = source.File;
        return Found = source.Entry;
    }

    private static FamilyContent? TryRead(FamilyEntry? entry)
    {
        try
        {
            return entry?.ToContent();
        }
        catch (PackageDataException)
        {
            return null;
        }
    }

    private bool ListingHolds(FamilyEntry entry) => FamilyLooks.ListingHolds(location.Root, Directory, entry);

    private bool DefinitionHolds(FamilyEntry entry, int place) =>
        FamilyLooks.DefinitionHolds(location.Root, Directory, entry, place);

    /// <summary>A family in an index.</summary>
    private sealed record Source(IndexFile File, FamilyEntry Entry);

    private sealed class ListingCheck(IndexedFamily family, FamilyEntry entry, ChecksBehind checks) : Check(checks)
    {
        public override string Directory => family.Root.Path;

        public override string Opens => family.Directory;

        public override DiskPace Pace => family.Root.Calls.Pace;

        public override bool Holds() => family.ListingHolds(entry);
    }

    private sealed class DefinitionCheck(IndexedFamily family, FamilyEntry entry, int place, ChecksBehind checks)
        : Check(checks)
    {
        public override string Directory => family.Directory;

        public override DiskPace Pace => family.Root.Calls.Pace;

        public override bool Holds() => family.DefinitionHolds(entry, place);
    }
}
