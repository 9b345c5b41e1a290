namespace Rer.Insights;

/// <summary>What requires a package, directly and through others.</summary>
/// <param name="Package">The package that was asked about, as a requirement: a family, or a family and a range.</param>
/// <param name="Versions">The versions that are meant; empty for a family that is only required.</param>
/// <param name="Families">What requires them, the nearest first.</param>
/// <param name="Unreadable">What could not be read, and was left out of account.</param>
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

/// <summary>A family of which versions require a package, directly or through others.</summary>
/// <param name="Family">The family.</param>
/// <param name="Distance">1 for one that requires the package itself, 2 for one that requires such a one, and so on.</param>
/// <param name="Versions">The versions that do, in order.</param>
/// <param name="VersionCount">How many versions of it were looked at.</param>
/// <param name="Links">What they require that leads to the package.</param>
public sealed record DependentFamily(
    string Family,
    int Distance,
    IReadOnlyList<string> Versions,
    int VersionCount,
    IReadOnlyList<DependentLink> Links
);

/// <summary>A requirement that leads to a package.</summary>
/// <param name="On">The family that is required.</param>
/// <param name="Requirement">The requirement, as it is written.</param>
/// <param name="Packages">The versions that make it; with the index of the variant, as in <c>1.2[0]</c>, where only some
/// of their variants do.</param>
public sealed record DependentLink(string On, string Requirement, IReadOnlyList<string> Packages);

/// <summary>How to look for dependents.</summary>
public sealed record DependentsOptions
{
    /// <summary>Whether only the latest version of each family is looked at; those that are asked about are always all.
    /// </summary>
    public bool LatestOnly { get; init; }

    /// <summary>How many requirements may lie between; 1 for those that require the package itself.</summary>
    public int MaxDistance { get; init; } = int.MaxValue;

    /// <summary>Whether build requirements count.</summary>
    public bool Building { get; init; }
}
