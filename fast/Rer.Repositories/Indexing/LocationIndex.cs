using System.Collections.Concurrent;
using Rer.Repositories.Disk;

namespace Rer.Repositories.Indexing;

/// <summary>What is known about one package path. Safe for concurrent callers.</summary>
internal sealed class LocationIndex : IDisposable
{
    private readonly PackageIndex _index;
    private readonly Lazy<IndexFile?> _published;
    private readonly Lazy<IndexFile?> _local;
    private readonly Lazy<bool> _rootHolds;
    private readonly ConcurrentDictionary<string, IndexedFamily> _families = new(
        concurrencyLevel: -1,
        capacity: 256,
        StringComparer.Ordinal
    );
    private int _rootIsChecked;

    /// <summary>Creates it without opening any index.</summary>
    /// <param name="root">The package path.</param>
    /// <param name="index">The index that it belongs to.</param>
    public LocationIndex(DirectoryRoot root, PackageIndex index)
    {
        (Root, _index) = (root, index);
        _published = new(OpenPublished);
        _local = new(OpenLocal);
        _rootHolds = new(RootHolds);
    }

    /// <summary>The package path.</summary>
    public DirectoryRoot Root { get; }

    /// <summary>The published index; null if there is none that can be read.</summary>
    public IndexFile? Published => _published.Value;

    /// <summary>
    /// This machine's own index; null if there is none that can be read, or if the published one is trusted.
    /// </summary>
    public IndexFile? Local => IsTrusted ? null : _local.Value;

    /// <summary>How much of the disk is checked.</summary>
    public IndexLevel Level =>
        _index.Options.Level != IndexLevel.Published ? _index.Options.Level
        : IsTrusted ? IndexLevel.Published
        : IndexLevel.Strict;

    /// <summary>Whether only the published index is read.</summary>
    public bool IsTrusted => _index.Options.Level == IndexLevel.Published && Published is { Header.IsWhole: true };

    /// <inheritdoc cref="PackageIndex.Checks" />
    public ChecksBehind? Checks => _index.Checks;

    /// <summary>Whether what is read is to be remembered.</summary>
    public bool Learns => _index.Options.CacheDirectory is not null && !IsTrusted;

    /// <summary>Where the published index of a package path is.</summary>
    /// <param name="path">The package path.</param>
    /// <param name="directory">A directory for indexes; null for the package path itself.</param>
    public static (string File, ulong Key) PlaceOfPublished(string path, string? directory) =>
        directory is null ? (Path.Join(path, ".rer", "index"), 0) : PlaceIn(Path.GetFullPath(directory), path);

    /// <summary>What is known about a family.</summary>
    public IndexedFamily Open(string family) =>
        _families.GetOrAdd(family, static (name, self) => new IndexedFamily(self, name), this);

    /// <summary>Whether an index may have a family, damaged or not.</summary>
    public bool MayHave(string family) => Published?.MayHave(family) == true || Local?.MayHave(family) == true;

    /// <summary>Whether the package path is known to have no families other than those in an index.</summary>
    public bool KnowsAllNames()
    {
        if (Published is not { Header: { IsWhole: true } header })
        {
            return false;
        }
        if (IsTrusted)
        {
            return true;
        }
        if (header.Root.Kind == FileKind.None)
        {
            return false;
        }
        if (Checks is null)
        {
            return _rootHolds.Value;
        }
        if (Interlocked.Exchange(ref _rootIsChecked, 1) == 0)
        {
            Checks.Add(new RootCheck(this, Checks));
        }
        return true;
    }

    /// <summary>The names of all families; null if the disk must be read.</summary>
    public IReadOnlyList<string>? FindNames() => IsTrusted ? Published!.ReadNames() : null;

    /// <summary>Writes what was learnt.</summary>
    /// <exception cref="IOException">The index cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The index cannot be written.</exception>
    public void Save()
    {
        IndexedFamily[] learnt = [.. _families.Values.Where(family => family.HasLearnt)];
        if (learnt.Length == 0 || !Learns || _index.Cache is not { } cache)
        {
            return;
        }
        (string file, ulong key) = PlaceIn(cache.Path, Root.RealPath);
        IndexStore store = new(cache, file, key, IdentityUse.Local, isPrivate: true);
        store.Update(
            look => IndexTrust.ComplaintOfLocal(look),
            families =>
            {
                FamilyCompiler compiler = new();
                foreach (IndexedFamily family in learnt)
                {
                    FamilyContent content = family.TakeLearnt(families.Find(family.Name));
                    families.Put(content, compiler);
                }
                return default;
            }
        );
    }

    /// <summary>The indexes that have answered.</summary>
    public IEnumerable<IndexAnswer> Answers()
    {
        if (_published.IsValueCreated && Published is { } published)
        {
            yield return AnswerOf(published, isPublished: true);
        }
        if (_local.IsValueCreated && _local.Value is { } local)
        {
            yield return AnswerOf(local, isPublished: false);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_published.IsValueCreated)
        {
            Published?.Dispose();
        }
        if (_local.IsValueCreated)
        {
            _local.Value?.Dispose();
        }
    }

    private IndexAnswer AnswerOf(IndexFile index, bool isPublished)
    {
        int families = 0;
        int fellBack = 0;
        foreach (IndexedFamily family in _families.Values)
        {
            families += ReferenceEquals(family.Answered, index) ? 1 : 0;
            fellBack += ReferenceEquals(family.FellBack, index) ? 1 : 0;
        }
        return new IndexAnswer(
            Root.Path,
            isPublished
                ? PlaceOfPublished(Root.Path, _index.Options.PublishedDirectory).File
                : PlaceIn(_index.Options.CacheDirectory!, Root.RealPath).File,
            isPublished,
            DateTimeOffset.FromUnixTimeMilliseconds(index.Header.Made),
            Level,
            families,
            fellBack
        );
    }

    private IndexFile? OpenPublished()
    {
        if (!_index.Options.ReadsPublished)
        {
            return null;
        }
        string? directory = _index.Options.PublishedDirectory;
        (string file, ulong key) = PlaceOfPublished(Root.Path, directory);
        // An index in the package path is read through the open directory, and counted together with the other reads
        // there.
        DirectoryRoot root = directory is null ? Root : new DirectoryRoot(Path.GetFullPath(directory), Root.Calls);
        return IndexFile.TryOpen(root, file, key, look => Trusts(file, IndexTrust.ComplaintOfPublished(look, Root)));
    }

    private IndexFile? OpenLocal()
    {
        if (_index.Cache is not { } cache)
        {
            return null;
        }
        (string file, ulong key) = PlaceIn(cache.Path, Root.RealPath);
        return IndexFile.TryOpen(cache, file, key, look => Trusts(file, IndexTrust.ComplaintOfLocal(look)));
    }

    private bool Trusts(string file, string? complaint)
    {
        if (complaint is not null)
        {
            _index.Complain($"{file}: the index is not used: {complaint}");
        }
        return complaint is null;
    }

    private static (string File, ulong Key) PlaceIn(string directory, string path)
    {
        ulong key = IndexHeader.KeyOf(path);
        return (Path.Join(directory, $"{key:x16}.rer"), key);
    }

    private bool RootHolds() => Published!.Header.Root.Holds(Root.Look(Root.Path));

    /// <summary>Checks whether the package path still has the same families.</summary>
    private sealed class RootCheck(LocationIndex location, ChecksBehind checks) : Check(checks)
    {
        public override string Directory => location.Root.Path;

        public override DiskPace Pace => location.Root.Calls.Pace;

        public override bool Holds() => location.RootHolds();
    }
}
