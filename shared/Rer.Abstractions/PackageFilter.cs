namespace Rer;

/// <summary>
/// One package filter as rez writes it in configuration: unparsed rules such as <c>glob(*.beta)</c>, <c>regex(...)</c>,
/// <c>range(foo-1+)</c>, <c>before(1500000000)</c>, <c>after(foo:1500000000)</c>. A package is hidden if an exclusion
/// matches it and no inclusion does.
/// </summary>
/// <param name="Excludes">The exclusion rules.</param>
/// <param name="Includes">The inclusion rules.</param>
/// <remarks>Corresponds to <c>rez.package_filter.PackageFilter.from_pod</c>.</remarks>
public sealed record PackageFilter(IReadOnlyList<string> Excludes, IReadOnlyList<string> Includes)
{
    /// <summary>The exclusion rules.</summary>
    public IReadOnlyList<string> Excludes
    {
        get;
        init => field = InputList.Copy(value);
    } = InputList.Copy(Excludes, nameof(Excludes));

    /// <summary>The inclusion rules.</summary>
    public IReadOnlyList<string> Includes
    {
        get;
        init => field = InputList.Copy(value);
    } = InputList.Copy(Includes, nameof(Includes));
}
