namespace Rer.Insights.Explaining.Worlds;

/// <summary>
/// A repository in which one package has two variants, and no other package requires anything. It shows which of the
/// two is preferred because of its own requirements.
/// </summary>
/// <param name="question">The packages and the options.</param>
/// <param name="package">The package.</param>
/// <param name="variants">The requirements of its two variants.</param>
internal sealed class TwoVariantsRepository(
    Question question,
    ResolvedPackage package,
    IReadOnlyList<IReadOnlyList<string>> variants
) : IPackageRepository
{
    /// <inheritdoc />
    public IReadOnlyList<string> SearchPaths => question.Repository.SearchPaths;

    /// <inheritdoc />
    public IEnumerable<string> GetFamilies() => question.Repository.GetFamilies();

    /// <inheritdoc />
    public IReadOnlyList<string> GetVersions(string family) =>
        family == package.Name ? [package.Version] : question.Repository.GetVersions(family);

    /// <inheritdoc />
    public PackageDefinition GetDefinition(string family, string version)
    {
        PackageDefinition bare = question.WithoutRequirements(family, version);
        return family == package.Name
            ? new PackageDefinition { Variants = variants, Timestamp = bare.Timestamp }
            : bare;
    }
}
