namespace Rer.Insights;

/// <summary>Packages of a family that have the same demands of a core.</summary>
/// <param name="Family">The family.</param>
/// <param name="Packages">The versions, with the variant's index if only some variants have the demands.</param>
/// <param name="Demands">The demands.</param>
public sealed record HolderGroup(string Family, IReadOnlyList<string> Packages, IReadOnlyList<Demand> Demands);
