namespace Rer.Insights;

/// <summary>Packages of a family that make the same demands of a core.</summary>
/// <param name="Family">The family.</param>
/// <param name="Packages">Versions, with the variant's index where only some variants make the demands.</param>
/// <param name="Demands">The demands.</param>
public sealed record HolderGroup(string Family, IReadOnlyList<string> Packages, IReadOnlyList<Demand> Demands);
