using Rer.Compiling;
using Rer.Insights.Catalogs;

namespace Rer.Insights;

/// <summary>
/// A repository with some of its packages hidden, as if they were removed. The original is not touched.
/// </summary>
public sealed class WithoutPackages : IPackageRepository, ICompiledSource
{
    private readonly IPackageRepository _source;
    private readonly Dictionary<string, string[]> _left;

    /// <summary>Hides packages.</summary>
    /// <param name="source">The repository.</param>
    /// <param name="packages">The packages to hide. If <c>foo-1.2</c> exists as a version, the text means exactly that
    /// version. Otherwise a text means all versions in a range: <c>foo-1+&lt;2</c>, <c>foo</c>.</param>
    /// <exception cref="BadInputException">One of them is not a requirement, or matches nothing.</exception>
    public WithoutPackages(IPackageRepository source, IReadOnlyList<string> packages)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(packages);
        _source = source;
        _left = [];
        foreach (string package in packages)
        {
            var named = NamedPackages.Read(package, source);
            if (!Hide(named.Family, named.Includes))
            {
                throw new BadInputException($"'{package}' cannot be removed: {WhyNot(named.Family)}");
            }
        }
    }

    /// <summary>Hides releases.</summary>
    internal WithoutPackages(IPackageRepository source, IEnumerable<PackageRelease> releases)
    {
        _source = source;
        _left = [];
        foreach (PackageRelease release in releases)
        {
            Hide(release.Family, version => version == release.Version);
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths => _source.SearchPaths;

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() =>
        _source.GetFamilies().Where(family => _left.GetValueOrDefault(family) is not []);

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family) =>
        _left.GetValueOrDefault(family) ?? _source.GetVersions(family);

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version) => _source.GetDefinition(family, version);

    /// <inheritdoc />
    public void PrepareFamilies(IReadOnlyList<string> families) => _source.PrepareFamilies(families);

    /// <inheritdoc />
    public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenReady = null) =>
        _source.Prepare(packages, whenReady);

    /// <summary>The compiled form of a family, if none of its versions is hidden.</summary>
    StoredFamily? ICompiledSource.FindCompiled(string family) =>
        _left.ContainsKey(family) ? null : (_source as ICompiledSource)?.FindCompiled(family);

    bool ICompiledSource.Has(string family) => GetVersions(family).Count > 0;

    void ICompiledSource.EndSolve() => (_source as ICompiledSource)?.EndSolve();

    /// <summary>Hides versions of a family; false if there are none.</summary>
    private bool Hide(string family, Predicate<string> isHidden)
    {
        string[] versions = _left.GetValueOrDefault(family) ?? [.. _source.GetVersions(family)];
        string[] left = [.. versions.Where(version => !isHidden(version))];
        _left[family] = left;
        return left.Length < versions.Length;
    }

    private string WhyNot(string family)
    {
        const int Shown = 8;
        IReadOnlyList<string> versions = _source.GetVersions(family);
        return versions.Count == 0
            ? $"there is no package family '{family}'"
            : $"the versions of {family} are {string.Join(", ", versions.Take(Shown))}{(versions.Count > Shown ? " ..." : "")}";
    }
}
