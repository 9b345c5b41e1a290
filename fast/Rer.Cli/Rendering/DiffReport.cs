namespace Rer.Cli.Rendering;

/// <summary>Two resolves and their differences.</summary>
/// <param name="BeforeName">The name of the first.</param>
/// <param name="Before">The first.</param>
/// <param name="AfterName">The name of the second.</param>
/// <param name="After">The second.</param>
internal sealed record DiffReport(string BeforeName, ResolvedContext Before, string AfterName, ResolvedContext After)
{
    /// <summary>The packages that differ.</summary>
    public IReadOnlyList<PackageDifference> Packages { get; } =
        ResolveDiff.Of(Before.ResolvedPackages, After.ResolvedPackages);

    /// <summary>Whether both have the same result.</summary>
    public bool IsSame => Before.Status == After.Status && Packages.Count == 0;

    /// <summary>What may explain a difference, other than packages: one line each.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            if (Before.Status != After.Status)
            {
                yield return $"{BeforeName} is {Before.Status}, {AfterName} is {After.Status}";
            }
            if (!Before.PackageRequests.SequenceEqual(After.PackageRequests))
            {
                yield return "the requests differ: "
                    + $"{string.Join(' ', Before.PackageRequests)} and {string.Join(' ', After.PackageRequests)}";
            }
            if (Before.PackagePaths is { } paths && After.PackagePaths is { } others && !paths.SequenceEqual(others))
            {
                yield return "the package paths differ: "
                    + $"{string.Join(Path.PathSeparator, paths)} and {string.Join(Path.PathSeparator, others)}";
            }
        }
    }
}
