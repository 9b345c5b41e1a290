namespace Rer.Native;

/// <summary>The packages of one solve. As the solve loads them, their requirements are recorded.</summary>
internal sealed class NeedsRepository(IPackageRepository packages, RangeNeeds needs, Action<string> forget)
    : IPackageRepository
{
    public IReadOnlyList<string> SearchPaths => packages.SearchPaths;

    public IEnumerable<string> GetFamilies() => packages.GetFamilies();

    public IReadOnlyList<string> GetVersions(string family) => packages.GetVersions(family);

    public PackageDefinition GetDefinition(string family, string version)
    {
        PackageDefinition definition = packages.GetDefinition(family, version);
        needs.Learn(definition);
        return definition;
    }

    /// <summary>Makes sure that a family is asked for again.</summary>
    public void Forget(string family) => forget(family);
}
