namespace Rer.Native;

/// <summary>Known packages. The caller is asked for all other families.</summary>
/// <param name="known">The repository whose families are completely known.</param>
/// <param name="callback">Asked for all other families.</param>
internal sealed class FallbackRepository(IPackageRepository known, CallbackRepository callback) : IPackageRepository
{
    public IReadOnlyList<string> SearchPaths => known.SearchPaths;

    public IEnumerable<string> GetFamilies() => callback.GetFamilies();

    public IReadOnlyList<string> GetVersions(string family) =>
        known.GetVersions(family) is { Count: > 0 } versions ? versions : callback.GetVersions(family);

    public PackageDefinition GetDefinition(string family, string version) =>
        known.GetVersions(family).Count > 0
            ? known.GetDefinition(family, version)
            : callback.GetDefinition(family, version);
}
