using System.Collections.Concurrent;
using System.Diagnostics;
using Rer.Compiling;
using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;
using Rer.Repositories.Filesystem;
using Rer.Versions;

namespace Rer.Repositories;

/// <summary>
/// Packages on disk as rez lays them out: <c>path/family/version/package.py</c> or <c>.yaml</c>, unversioned packages
/// <c>path/family/package.py</c>, combined families <c>path/family.py</c>; several paths, of which earlier ones shadow
/// equal versions in later ones.
/// </summary>
/// <remarks>
/// Lazy: a family is listed when it is asked for, a definition is read when a solve reaches it, and neither twice.
/// Safe for concurrent callers. Answers to <c>rez.packages.iter_packages</c> over repositories of type
/// <c>filesystem</c>.
/// </remarks>
public sealed class FilesystemRepository : IPackageRepository, ICompiledSource
{
    private readonly DiskCalls _calls;
    private readonly PackageLocation[] _locations;
    private readonly ConcurrentDictionary<string, Lazy<Family>> _families = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<IFamilySource[]>> _sources = new(StringComparer.Ordinal);

    /// <summary>Creates a repository over a list of package paths.</summary>
    /// <param name="paths">Directories, or <c>filesystem@directory</c>; those that do not exist hold nothing. See
    /// <see cref="PackagePaths"/> for where to get them.</param>
    /// <param name="python">What evaluates the definitions that cannot be known without running Python; null to stop
    /// at them. It stays the caller's.</param>
    /// <param name="index">What is known of the paths without reading them; null to read them. It stays the caller's, and
    /// is saved by the caller.</param>
    /// <exception cref="ArgumentException">A path is null or empty.</exception>
    /// <exception cref="PackageDataException">A path is of a repository type that is not read here.</exception>
    public FilesystemRepository(IEnumerable<string> paths, PythonEvaluator? python = null, PackageIndex? index = null)
        : this(paths, DiskCalls.AsAsked(), python, index) { }

    internal FilesystemRepository(
        IEnumerable<string> paths,
        DiskCalls calls,
        PythonEvaluator? python = null,
        PackageIndex? index = null
    )
    {
        ArgumentNullException.ThrowIfNull(paths);
        _calls = calls;
        Statistics = new RepositoryStatistics(calls);
        SearchPaths = [.. paths.Distinct()];
        _locations =
        [
            .. SearchPaths
                .Select(path => new DirectoryRoot(Path.GetFullPath(DirectoryOf(path)), calls))
                .Select(root => new PackageLocation(root, python, index?.Open(root), Statistics)),
        ];
    }

    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths { get; }

    /// <summary>What has been done so far.</summary>
    public RepositoryStatistics Statistics { get; }

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => _locations.SelectMany(location => location.GetFamilies()).Distinct();

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family) => FindFamily(family).Versions;

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version)
    {
        Package package = FindFamily(family).Find(version);
        package.CountUse(Statistics);
        return package.GetDefinition(Statistics);
    }

    /// <summary>Where a version stands: its directory, or the file that holds all of its family.</summary>
    /// <param name="family">The family.</param>
    /// <param name="version">One of its versions.</param>
    internal string PathOf(string family, string version) => FindFamily(family).Find(version).Path;

    /// <summary>Lists families several at a time.</summary>
    /// <param name="families">Their names.</param>
    public void PrepareFamilies(IReadOnlyList<string> families)
    {
        ArgumentNullException.ThrowIfNull(families);
        SideBySide(families, name => Attempt(() => FindFamily(name)));
    }

    /// <summary>Loads definitions several at a time.</summary>
    /// <param name="packages">Families with versions of those that <see cref="GetVersions"/> listed.</param>
    /// <param name="whenAtHand">Called with the place of each package once its definition, or its error, is kept.</param>
    public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenAtHand = null)
    {
        ArgumentNullException.ThrowIfNull(packages);
        (Package Package, int Place)[] toLoad = new (Package, int)[packages.Count];
        for (int place = 0; place < toLoad.Length; place++)
        {
            (string family, string version) = packages[place];
            toLoad[place] = (FindFamily(family).Find(version), place);
        }
        SideBySide(
            _calls.Pace.IsSlow ? Spread(toLoad, packages) : toLoad,
            item =>
            {
                item.Package.Load(Statistics);
                whenAtHand?.Invoke(item.Place);
            }
        );
    }

    /// <summary>
    /// Lists families and loads all their definitions, several at a time. What fails does so again, and is reported,
    /// when it is asked for.
    /// </summary>
    /// <param name="families">The families' names.</param>
    public void Prefetch(IEnumerable<string> families)
    {
        ArgumentNullException.ThrowIfNull(families);
        ConcurrentBag<Package> packages = [];
        SideBySide([.. families], name => Attempt(() => FindFamily(name).Packages.ForEach(packages.Add)));
        SideBySide([.. packages], package => package.Load(Statistics));
    }

    /// <summary>The packages in turns over their families.</summary>
    private static (Package Package, int Place)[] Spread(
        (Package Package, int Place)[] toLoad,
        IReadOnlyList<(string Family, string Version)> packages
    )
    {
        SpreadQueue<(Package Package, int Place)> spread = new();
        foreach ((Package Package, int Place) item in toLoad)
        {
            spread.Add(packages[item.Place].Family, item);
        }
        return spread.TakeAll();
    }

    private void SideBySide<T>(IReadOnlyList<T> items, Action<T> action) =>
        SharedWork<T>.ForEach(items, _calls.Pace, action);

    private static void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (PackageDataException)
        {
            // Kept by the family or package that it concerns.
        }
    }

    private static string DirectoryOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        const string Type = "filesystem@";
        if (path.StartsWith(Type, StringComparison.Ordinal))
        {
            return path[Type.Length..];
        }
        // rez takes what stands before the first '@' for a repository type, whatever it looks like.
        return path.Contains('@', StringComparison.Ordinal)
            ? throw new PackageDataException($"{path}: only package repositories of type 'filesystem' are read")
            : path;
    }

    bool ICompiledSource.Has(string family) => FindSources(family).Length > 0;

    /// <summary>A family that one path has, and an index of it compiled. Of what several paths have, the compiled family would
    /// be another one.</summary>
    StoredFamily? ICompiledSource.FindCompiled(string family)
    {
        IFamilySource[] sources = FindSources(family);
        long start = Stopwatch.GetTimestamp();
        if (sources is not [var only] || only.FindCompiled() is not { } compiled)
        {
            return null;
        }
        Statistics.CountListing(only.Versions.Count, start);
        return compiled;
    }

    /// <summary>The paths' parts of a family, those without a version left out.</summary>
    private IFamilySource[] FindSources(string name) =>
        _sources
            .GetOrAdd(name, static (name, self) => new Lazy<IFamilySource[]>(() => self.ListSources(name)), this)
            .Value;

    private IFamilySource[] ListSources(string name)
    {
        long start = Stopwatch.GetTimestamp();
        IFamilySource[] sources =
        [
            .. _locations
                .Select(location => location.FindFamily(name))
                .OfType<IFamilySource>()
                .Where(source => source.Versions.Count > 0),
        ];
        Statistics.CountListingTime(start);
        return sources;
    }

    private Family FindFamily(string name) =>
        _families.GetOrAdd(name, static (name, self) => new Lazy<Family>(() => self.ListFamily(name)), this).Value;

    private Family ListFamily(string name)
    {
        IFamilySource[] sources = FindSources(name);
        long start = Stopwatch.GetTimestamp();
        List<Package> packages = [];
        List<Version> versions = [];
        HashSet<Version>? seen = null;
        foreach (IFamilySource source in sources)
        {
            // Versions are equal whatever separates their tokens: 1-0 shadows 1.0. The entries of one directory are not,
            // as long as it is dots.
            if (packages.Count > 0 || source is not DirectoryFamily || source.Versions.Any(HasUnusualSeparators))
            {
                seen ??= [.. versions];
            }
            packages.EnsureCapacity(packages.Count + source.Versions.Count);
            versions.EnsureCapacity(packages.Capacity);
            foreach (string text in source.Versions)
            {
                Version version = ParseVersion(source, text);
                if (seen?.Add(version) != false)
                {
                    packages.Add(new Package(source, text));
                    versions.Add(version);
                }
            }
        }
        Statistics.CountListing(packages.Count, start);
        return new Family(packages, versions);
    }

    private static bool HasUnusualSeparators(string version)
    {
        foreach (char c in version)
        {
            if (c != '.' && !char.IsAsciiLetterOrDigit(c))
            {
                return true;
            }
        }
        return false;
    }

    private static Version ParseVersion(IFamilySource source, string text)
    {
        try
        {
            return Version.Parse(text);
        }
        catch (VersionSyntaxException e)
        {
            // rez, too, gives up on the whole family.
            throw DefinitionError.In(source.PathOf(text), e.Message);
        }
    }

    /// <summary>A family over all paths.</summary>
    private sealed class Family
    {
        private readonly string[] _texts;

        // Null where the versions are in order, as those of a directory are: then they are searched.
        private readonly Dictionary<string, Package>? _byVersion;

        public Family(List<Package> packages, List<Version> versions)
        {
            Packages = packages;
            _texts = new string[packages.Count];
            bool inOrder = true;
            for (int i = 0; i < _texts.Length; i++)
            {
                _texts[i] = packages[i].Version;
                inOrder &= i == 0 || string.CompareOrdinal(_texts[i - 1], _texts[i]) < 0;
            }
            _byVersion = inOrder ? null : packages.ToDictionary(package => package.Version);
            Versions = new ParsedVersions(_texts, [.. versions]);
        }

        public List<Package> Packages { get; }

        public ParsedVersions Versions { get; }

        public Package Find(string version)
        {
            Package? package = null;
            if (_byVersion is not null)
            {
                _byVersion.TryGetValue(version, out package);
            }
            else if (Array.BinarySearch(_texts, version, StringComparer.Ordinal) is >= 0 and var place)
            {
                package = Packages[place];
            }
            return package ?? throw new ArgumentException($"'{version}' was not listed", nameof(version));
        }
    }

    /// <summary>A version of a family, and its definition or error once that has been asked for.</summary>
    private sealed class Package(IFamilySource source, string version)
    {
        private object? _outcome;
        private bool _used;

        public string Version { get; } = version;

        public string Path => source.PathOf(Version);

        public void CountUse(RepositoryStatistics statistics)
        {
            if (!Volatile.Read(ref _used) && !Interlocked.Exchange(ref _used, true))
            {
                statistics.CountUse();
            }
        }

        public PackageDefinition GetDefinition(RepositoryStatistics statistics)
        {
            object outcome = Load(statistics);
            return outcome as PackageDefinition ?? throw DefinitionError.Again((PackageDataException)outcome);
        }

        /// <summary>The definition, or the error that reading it gave.</summary>
        public object Load(RepositoryStatistics statistics)
        {
            if (Volatile.Read(ref _outcome) is { } known)
            {
                return known;
            }
            lock (this)
            {
                if (_outcome is not null)
                {
                    return _outcome;
                }
                long start = Stopwatch.GetTimestamp();
                object outcome;
                try
                {
                    outcome = source.Load(Version);
                }
                catch (PackageDataException e)
                {
                    outcome = e;
                }
                statistics.CountLoad(start);
                Volatile.Write(ref _outcome, outcome);
                return outcome;
            }
        }
    }
}
