using System.Collections.Concurrent;
using System.Diagnostics;
using Rer.Compiling;
using Rer.Repositories.Disk;
using Rer.Repositories.Filesystem;
using Rer.Repositories.Layout;
using Rer.Repositories.Python;
using Rer.Versions;

namespace Rer.Repositories;

/// <summary>
/// Packages on disk in rez's layout: <c>path/family/version/package.py</c> or <c>.yaml</c>, unversioned packages
/// <c>path/family/package.py</c>, and combined families <c>path/family.py</c>. If there are several paths, versions in
/// earlier ones shadow equal versions in later ones.
/// </summary>
/// <remarks>
/// A family is listed when somebody asks for it, and a definition is read when a solve reaches it. Neither happens
/// twice. Safe for concurrent callers. Corresponds to <c>rez.packages.iter_packages</c> over repositories of type
/// <c>filesystem</c>.
/// </remarks>
public sealed class FilesystemRepository : IPackageRepository, ICompiledSource
{
    // Listing a family, or taking over its compiled form, takes as long as reading several files.
    private const int FamiliesWorthSharing = 2;

    private static readonly DiskPace s_noDisk = new();

    private readonly DiskCalls _calls;
    private readonly PackageLocation[] _locations;
    private readonly SpreadWork _work;
    private readonly Foresight? _foresight;
    private readonly ConcurrentDictionary<string, Lazy<RepositoryFamily>> _families = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<IFamilySource[]>> _sources = new(
        concurrencyLevel: -1,
        capacity: 256, // growing the table takes longer than a solve spends on most families
        StringComparer.Ordinal
    );

    /// <summary>Creates a repository over a list of package paths.</summary>
    /// <param name="paths">Directories, or <c>filesystem@directory</c>. Those that do not exist contain nothing.
    /// <see cref="PackagePaths"/> provides them.</param>
    /// <param name="python">Evaluates definitions that cannot be known without running Python; null to treat them as
    /// errors. It still belongs to the caller.</param>
    /// <param name="index">Answers for the paths without reading them; null to read them. It still belongs to the
    /// caller, who saves it.</param>
    /// <exception cref="ArgumentException">A path is null or empty.</exception>
    /// <exception cref="PackageDataException">A path names a repository type that is not supported.</exception>
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
        _work = new SpreadWork(() => calls.Pace.IsSlow, DiskSpread.Reads);
        // Python takes longer than a slow disk, so nothing is evaluated ahead of need.
        _foresight = python is null ? new Foresight(FindFamily, IsReady, ForgetFamily, Load, _work) : null;
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
    public IReadOnlyList<string> GetVersions(string family) => AskForFamily(family).Versions;

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version)
    {
        RepositoryFamily asked = AskForFamily(family);
        asked.IsClaimed = true;
        RepositoryPackage package = asked.Find(version);
        package.CountUse(Statistics);
        Load(package);
        return package.GetDefinition(Statistics);
    }

    /// <summary>Where a version is: its directory, or the file that contains its whole family.</summary>
    /// <param name="family">The family.</param>
    /// <param name="version">One of its versions.</param>
    internal string PathOf(string family, string version) => FindFamily(family).Find(version).Path;

    /// <summary>Whether a version has its own directory. An unversioned package has its family's.</summary>
    /// <inheritdoc cref="PathOf" path="/param" />
    internal bool HasDirectory(string family, string version) =>
        FindSources(family).FirstOrDefault(source => source.Versions.Contains(version)) is DirectoryFamily;

    /// <summary>Lists several families concurrently.</summary>
    /// <param name="families">Their names.</param>
    public void PrepareFamilies(IReadOnlyList<string> families)
    {
        ArgumentNullException.ThrowIfNull(families);
        ((ICompiledSource)this).PrepareFamilies(families, static _ => { });
    }

    void ICompiledSource.PrepareFamilies(IReadOnlyList<string> families, Action<int> whenListed)
    {
        List<int> fromDisk = [];
        List<int> atOnce = new(families.Count);
        for (int place = 0; place < families.Count; place++)
        {
            bool isAtOnce = Array.TrueForAll(_locations, location => location.ListsAtOnce(families[place]));
            (isAtOnce ? atOnce : fromDisk).Add(place);
        }
        SideBySide(fromDisk, _ => SpreadWork.RootKey, List, FamiliesWorthSharing);
        // These do not wait for the disk.
        SharedWork<int>.ForEach(atOnce, s_noDisk, List, FamiliesWorthSharing);

        void List(int place)
        {
            try
            {
                this.List(families[place]);
            }
            catch (PackageDataException)
            {
                return; // the family keeps the error
            }
            whenListed(place);
        }
    }

    /// <summary>Loads several definitions concurrently.</summary>
    /// <param name="packages">Families with versions that <see cref="GetVersions"/> listed.</param>
    /// <param name="whenReady">Called with the index of each package once its definition, or its error, is
    /// stored.</param>
    public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenReady = null)
    {
        ArgumentNullException.ThrowIfNull(packages);
        (RepositoryPackage Package, int Place)[] toLoad = new (RepositoryPackage, int)[packages.Count];
        for (int place = 0; place < toLoad.Length; place++)
        {
            (string family, string version) = packages[place];
            RepositoryFamily asked = AskForFamily(family);
            asked.IsClaimed = true;
            toLoad[place] = (asked.Find(version), place);
        }
        _foresight?.CountNeeded(toLoad.Length);
        SideBySide(
            toLoad,
            item => packages[item.Place].Family,
            item =>
            {
                Load(item.Package);
                whenReady?.Invoke(item.Place);
            }
        );
    }

    /// <summary>
    /// Lists families and loads all their definitions, several at a time. Errors are reported only when the item is
    /// asked for.
    /// </summary>
    /// <param name="families">The families' names.</param>
    public void Prefetch(IEnumerable<string> families)
    {
        ArgumentNullException.ThrowIfNull(families);
        ConcurrentBag<(string Family, RepositoryPackage Package)> packages = [];
        SideBySide(
            [.. families],
            _ => SpreadWork.RootKey,
            name => Attempt(() => FindFamily(name).Packages.ForEach(package => packages.Add((name, package))))
        );
        SideBySide([.. packages], item => item.Family, item => item.Package.Load(Statistics));
    }

    /// <summary>Runs an action for each item, several at a time.</summary>
    /// <param name="items">The items.</param>
    /// <param name="directoryOf">Returns a key for the directory that is read for an item.</param>
    /// <param name="action">The action.</param>
    /// <param name="worthSharing">The number of items that justify another core if they do not wait for a slow
    /// disk.</param>
    private void SideBySide<T>(
        IReadOnlyList<T> items,
        Func<T, string> directoryOf,
        Action<T> action,
        int worthSharing = SharedWork<T>.FilesWorthSharing
    )
    {
        if (_calls.Pace.IsSlow)
        {
            _work.ForEach(items, directoryOf, action);
        }
        else
        {
            SharedWork<T>.ForEach(items, _calls.Pace, action, worthSharing);
        }
    }

    /// <summary>Loads a definition, unless it is already loaded.</summary>
    private void Load(RepositoryPackage package)
    {
        if (!package.IsLoaded && package.Load(Statistics) is PackageDefinition definition && _calls.Pace.IsSlow)
        {
            _foresight?.Note(definition);
        }
    }

    private static void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (PackageDataException)
        {
            // The error is stored with the family or package.
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
        // rez treats the text before the first '@' as a repository type, even if it is a path.
        return path.Contains('@', StringComparison.Ordinal)
            ? throw new PackageDataException($"{path}: only package repositories of type 'filesystem' are read")
            : path;
    }

    bool ICompiledSource.Has(string family) => AskForSources(family).Length > 0;

    void ICompiledSource.EndSolve() => _foresight?.EndSolve();

    /// <summary>
    /// The compiled form of a family from an index, if only one path has the family. An index knows only one path, and
    /// the versions of several paths would compile to something else.
    /// </summary>
    StoredFamily? ICompiledSource.FindCompiled(string family)
    {
        IFamilySource[] sources = AskForSources(family);
        long start = Stopwatch.GetTimestamp();
        if (sources is not [var only] || only.FindCompiled() is not { } compiled)
        {
            return null;
        }
        Statistics.CountListing(only.Versions.Count, start);
        return compiled;
    }

    private IFamilySource[] AskForSources(string family)
    {
        _foresight?.Ask(family);
        return FindSources(family);
    }

    private RepositoryFamily AskForFamily(string family)
    {
        _foresight?.Ask(family);
        return FindFamily(family);
    }

    /// <summary>Whether a family can be listed without waiting.</summary>
    private bool IsReady(string name) =>
        _families.ContainsKey(name)
        || _locations.Any(location => location.IsCheckedBehind(name))
        || (
            _sources.TryGetValue(name, out Lazy<IFamilySource[]>? sources) && sources.IsValueCreated && IsCompiled(name)
        );

    /// <summary>Lists a family, unless its compiled form is available.</summary>
    private void List(string name)
    {
        if (!IsCompiled(name))
        {
            FindFamily(name);
        }
    }

    private bool IsCompiled(string name) => FindSources(name) is [var only] && only.FindCompiled() is not null;

    private void ForgetFamily(string name)
    {
        _families.TryRemove(name, out _);
        _sources.TryRemove(name, out _);
    }

    /// <summary>The parts of a family in each path, without those that have no versions.</summary>
    private IFamilySource[] FindSources(string name) =>
        _sources
            .GetOrAdd(name, static (name, self) => new Lazy<IFamilySource[]>(() => self.ListSources(name)), this)
            .Value;

    private IFamilySource[] ListSources(string name)
    {
        long start = Stopwatch.GetTimestamp();
        IFamilySource[] sources =
            _locations is not [var only]
                ? [.. FindInPaths(name).OfType<IFamilySource>().Where(source => source.Versions.Count > 0)]
            : only.FindFamily(name) is { Versions.Count: > 0 } source ? [source]
            : [];
        Statistics.CountListingTime(start);
        return sources;
    }

    /// <summary>
    /// A family in each path. rez searches the paths in turn and raises the first error. On a slow disk, the paths are
    /// searched concurrently.
    /// </summary>
    private IEnumerable<IFamilySource?> FindInPaths(string name)
    {
        if (!_calls.Pace.IsSlow)
        {
            return _locations.Select(location => location.FindFamily(name));
        }
        Lazy<IFamilySource?>[] found =
        [
            .. _locations.Select(location => new Lazy<IFamilySource?>(() => location.FindFamily(name))),
        ];
        SharedWork<Lazy<IFamilySource?>>.ForEach(found, _calls.Pace, path => Attempt(() => _ = path.Value));
        return found.Select(path => path.Value);
    }

    private RepositoryFamily FindFamily(string name) =>
        _families
            .GetOrAdd(name, static (name, self) => new Lazy<RepositoryFamily>(() => self.ListFamily(name)), this)
            .Value;

    private RepositoryFamily ListFamily(string name)
    {
        IFamilySource[] sources = FindSources(name);
        long start = Stopwatch.GetTimestamp();
        List<RepositoryPackage> packages = [];
        List<Version> versions = [];
        HashSet<Version>? seen = null;
        foreach (IFamilySource source in sources)
        {
            // Versions that differ only in their separators are equal: 1-0 shadows 1.0. If all separators are dots, one
            // directory contains no equal versions.
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
                    packages.Add(new RepositoryPackage(source, text));
                    versions.Add(version);
                }
            }
        }
        Statistics.CountListing(packages.Count, start);
        return new RepositoryFamily(packages, versions);
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
            // rez also gives up on the whole family.
            throw DefinitionError.In(source.PathOf(text), e.Message);
        }
    }
}
