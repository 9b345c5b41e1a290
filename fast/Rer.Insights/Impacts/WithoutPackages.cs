using Rer.Versions;
using Version = Rer.Versions.Version;

namespace Rer.Insights;

/// <summary>A repository as if some of its packages were removed, without touching it.</summary>
public sealed class WithoutPackages : IPackageRepository
{
    private readonly IPackageRepository _source;
    private readonly Dictionary<string, string[]> _left;

    /// <summary>Hides packages.</summary>
    /// <param name="source">The repository.</param>
    /// <param name="packages">What to hide: a version as <c>foo-1.2</c>, where there is exactly that version, or else all
    /// versions in a range: <c>foo-1+&lt;2</c>, <c>foo</c>.</param>
    /// <exception cref="BadInputException">One of them is no requirement, or names nothing that is there.</exception>
    public WithoutPackages(IPackageRepository source, IReadOnlyList<string> packages)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(packages);
        _source = source;
        _left = [];
        foreach (string package in packages)
        {
            (string family, Predicate<string> isMeant) = Meant(package);
            string[] versions = _left.GetValueOrDefault(family) ?? [.. source.GetVersions(family)];
            string[] left = [.. versions.Where(version => !isMeant(version))];
            if (left.Length == versions.Length)
                throw new BadInputException($"'{package}' cannot be removed: {WhyNot(family)}");
            _left[family] = left;
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
    public void Prepare(IReadOnlyList<(string Family, string Version)> packages, Action<int>? whenAtHand = null) =>
        _source.Prepare(packages, whenAtHand);

    private (string Family, Predicate<string> IsMeant) Meant(string package)
    {
        if (VersionedObject.TryParse(package, out VersionedObject? one) && !one.Version.IsEmpty)
        {
            bool Is(string version) => Version.TryParse(version, out Version? parsed) && parsed == one.Version;
            if (_source.GetVersions(one.Name).Any(Is))
                return (one.Name, Is);
        }
        if (!Requirement.TryParse(package, out Requirement? requirement) || requirement.Conflict)
            throw new BadInputException(
                $"'{package}' is no package: name a version (foo-1.2), a range (foo-1+<2) or a family (foo)"
            );
        return (
            requirement.Name,
            version => Version.TryParse(version, out Version? parsed) && requirement.Range!.Contains(parsed)
        );
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
