using System.Diagnostics;
using System.Runtime.CompilerServices;
using Rer.Compiling;
using Rer.Repositories.Disk;
using Rer.Repositories.Indexing;
using Rer.Repositories.Layout;

namespace Rer.Tests.Engines;

/// <summary>Packages whose compiled families come from an index that was written to a file and read again.</summary>
internal sealed class IndexedPackages : IPackageRepository, ICompiledSource
{
    // As long as a real one in the index.
    private static readonly FileIdentity s_file = new(
        IdentityUse.Shared,
        FileKind.File,
        Size: 1_000,
        Modified: 1_700_000_000_123_456_789,
        Changed: 1_700_000_000_987_654_321,
        Device: 0,
        Number: 0
    );

    private readonly IPackageRepository _packages;
    private readonly IndexFile _index;
    private int _compiled;

    public IndexedPackages(IPackageRepository packages)
    {
        _packages = packages;
        Dictionary<string, byte[]> families = [];
        FamilyCompiler compiler = new();
        foreach (string family in packages.GetFamilies())
        {
            FamilyContent content = ContentOf(family);
            families[family] = FamilyEntryFormat.Write(content, IdentityUse.Shared, compiler.Compile(content));
        }
        DirectoryInfo directory = Directory.CreateTempSubdirectory("rer-index-");
        try
        {
            string path = Path.Combine(directory.FullName, "index");
            File.WriteAllBytes(path, IndexFile.Write(default, families));
            DirectoryRoot root = new(directory.FullName, DiskCalls.Local());
            _index = Open(root, path);
            Length = _index.Look.Size;
            Opening = Enumerable.Range(0, 5).Min(_ => TimeOf(() => Open(root, path).Dispose()));
        }
        finally
        {
            directory.Delete(recursive: true); // an open file stays readable
        }
    }

    public IReadOnlyList<string> SearchPaths => _packages.SearchPaths;

    /// <summary>The size of the index in bytes.</summary>
    public long Length { get; }

    /// <summary>The best time for opening it.</summary>
    public TimeSpan Opening { get; }

    /// <summary>The number of families handed out compiled.</summary>
    public int Compiled => Volatile.Read(ref _compiled);

    public IEnumerable<string> GetFamilies() => _index.ReadNames().ShouldNotBeNull();

    public IReadOnlyList<string> GetVersions(string family) => _index.Find(family)?.Versions ?? [];

    public PackageDefinition GetDefinition(string family, string version)
    {
        FamilyEntry entry = _index.Find(family).ShouldNotBeNull();
        int place = entry.Find(version);
        return place < 0
            ? _packages.GetDefinition(family, version)
            : entry.ReadDefinition(place, () => _packages.GetDefinition(family, version).BuildRequires);
    }

    public bool Has(string family) => GetVersions(family).Count > 0;

    public StoredFamily? FindCompiled(string family)
    {
        if (_index.Find(family) is not { HasCompiled: true } entry)
        {
            return null;
        }
        Interlocked.Increment(ref _compiled);
        return new Stored(entry);
    }

    public void PrepareFamilies(IReadOnlyList<string> families, Action<int> whenListed) =>
        Parallel.For(0, families.Count, whenListed);

    private static IndexFile Open(DirectoryRoot root, string path) =>
        IndexFile.TryOpen(root, path, key: 0, trusts: _ => true).ShouldNotBeNull();

    private static TimeSpan TimeOf(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private FamilyContent ContentOf(string family)
    {
        FamilyContent content = new(family)
        {
            IsListed = true,
            IsSteady = true,
            Identity = s_file with { Kind = FileKind.Directory },
            Versions = [.. _packages.GetVersions(family)],
        };
        foreach (string version in content.Versions)
        {
            try
            {
                PackageDefinition definition = _packages.GetDefinition(family, version);
                DefinitionIdentity identity = new(s_file, false, default);
                content.Definitions[version] = new IndexedDefinition(identity, definition);
            }
            catch (PackageDataException)
            {
                // Left for the solve to report.
            }
        }
        return content;
    }

    private sealed class Stored(FamilyEntry entry) : StoredFamily
    {
        public override bool IsWatched => false;

        public override CompiledFamily Read(FamilySlot slot, SlotTable slots, CompilingLimits limits) =>
            entry.ReadCompiled(slot, slots, limits);

        public override long TimestampOf(int position) => entry.TimestampAt(position);

        public override PackageDefinition GetDefinition(string version) =>
            entry.ReadDefinition(entry.Find(version), () => []);

        public override void Use(CompiledFamily family, ReadOnlySpan<ulong> versions) { }
    }
}

/// <summary>The fast engine on an index of the repository that it is given.</summary>
internal sealed class IndexedResolver : IResolver
{
    private readonly FastResolver _fast = new();
    private readonly ConditionalWeakTable<IPackageRepository, IndexedPackages> _indexes = [];

    public string Name => "fast, from an index";

    public ResolveResult Resolve(
        IReadOnlyList<string> request,
        IPackageRepository repository,
        ResolveOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _fast.Resolve(request, IndexOf(repository), options, cancellationToken);

    public IndexedPackages IndexOf(IPackageRepository repository) =>
        _indexes.GetValue(repository, packages => new IndexedPackages(packages));
}
