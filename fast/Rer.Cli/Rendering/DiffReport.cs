namespace Rer.Cli.Rendering;

/// <summary>Two resolves and how they differ.</summary>
/// <param name="BeforeName">What the first is called.</param>
/// <param name="Before">The first.</param>
/// <param name="AfterName">What the second is called.</param>
/// <param name="After">The second.</param>
internal sealed record DiffReport(string BeforeName, ResolvedContext Before, string AfterName, ResolvedContext After)
{
    /// <summary>The packages that differ.</summary>
    public IReadOnlyList<PackageDifference> Packages { get; } =
        ResolveDiff.Of(Before.ResolvedPackages, After.ResolvedPackages);

    /// <summary>Whether both came to the same.</summary>
    public bool IsSame => Before.Status == After.Status && Packages.Count == 0;

    /// <summary>What explains a difference, beside other packages: a line each.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            if (Before.Status != After.Status)
                yield return $"{BeforeName} is {Before.Status}, {AfterName} is {After.Status}";
            if (!Before.PackageRequests.SequenceEqual(After.PackageRequests))
                yield return "the requests differ: "
                    + $"{string.Join(' ', Before.PackageRequests)} and {string.Join(' ', After.PackageRequests)}";
            if (Before.PackagePaths is { } paths && After.PackagePaths is { } others && !paths.SequenceEqual(others))
                yield return "the package paths differ: "
                    + $"{string.Join(Path.PathSeparator, paths)} and {string.Join(Path.PathSeparator, others)}";
        }
    }
}
