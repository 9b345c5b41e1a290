namespace Rer.Insights;

/// <summary>The packages that require a package, directly or indirectly.</summary>
/// <param name="Package">The package that was asked about, as a requirement: a family, or a family and a range.</param>
/// <param name="Versions">The versions that were asked about; empty for a family that is required but does not
/// exist.</param>
/// <param name="Families">The families that require them, nearest first.</param>
/// <param name="Unreadable">The errors for packages that could not be read. These are ignored.</param>
public sealed record Dependents(
    string Package,
    IReadOnlyList<string> Versions,
    IReadOnlyList<DependentFamily> Families,
    IReadOnlyList<string> Unreadable
)
{
    /// <summary>The family that was asked about.</summary>
    public string Family => Rer.Insights.Text.Names.FamilyOf(Package);
}

/// <summary>A family with versions that require a package, directly or indirectly.</summary>
/// <param name="Family">The family.</param>
/// <param name="Distance">1 if it requires the package itself, 2 if it requires a family at distance 1, and so
/// on.</param>
/// <param name="Versions">The versions that do, in order.</param>
/// <param name="VersionCount">The number of its versions that were examined.</param>
/// <param name="Links">The requirements that lead to the package.</param>
public sealed record DependentFamily(
    string Family,
    int Distance,
    IReadOnlyList<string> Versions,
    int VersionCount,
    IReadOnlyList<DependentLink> Links
);

/// <summary>A requirement that leads to a package.</summary>
/// <param name="On">The required family.</param>
/// <param name="Requirement">The requirement as written.</param>
/// <param name="Packages">The versions that have it. If only some variants do, their indices are included, as in
/// <c>1.2[0]</c>.</param>
public sealed record DependentLink(string On, string Requirement, IReadOnlyList<string> Packages);

/// <summary>The options of a search for dependents.</summary>
public sealed record DependentsOptions
{
    /// <summary>
    /// Whether to look only at the latest version of each family. The family that is asked about always counts with all
    /// its versions.
    /// </summary>
    public bool LatestOnly { get; init; }

    /// <summary>The maximum distance; 1 for packages that require the package itself.</summary>
    public int MaxDistance { get; init; } = int.MaxValue;

    /// <summary>Whether build requirements count.</summary>
    public bool Building { get; init; }
}
