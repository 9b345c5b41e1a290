namespace Rer.Native;

/// <summary>Packages that are known, and families beside them that the caller is asked for.</summary>
/// <param name="known">Its families are known as a whole.</param>
/// <param name="asked">Asked for all others.</param>
internal sealed class FallbackRepository(IPackageRepository known, AskedRepository asked) : IPackageRepository
{
    public IReadOnlyList<string> SearchPaths => known.SearchPaths;

    public IEnumerable<string> GetFamilies() => asked.GetFamilies();

    public IReadOnlyList<string> GetVersions(string family) =>
        known.GetVersions(family) is { Count: > 0 } versions ? versions : asked.GetVersions(family);

    public PackageDefinition GetDefinition(string family, string version) =>
        known.GetVersions(family).Count > 0
            ? known.GetDefinition(family, version)
            : asked.GetDefinition(family, version);
}
