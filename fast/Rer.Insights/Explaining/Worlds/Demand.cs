using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>A requirement and who makes it: what an explanation is made of.</summary>
/// <param name="By">The family whose packages require it; null if it was asked for.</param>
/// <param name="Requirement">The requirement, as it is written.</param>
public readonly record struct Demand(string? By, string Requirement)
{
    /// <summary>The family that it is about.</summary>
    public string On => Names.FamilyOf(Requirement);

    /// <summary>Whether it brings its family in. Conflicts and weak references only keep versions out.</summary>
    public bool IsPull => Requirement is not ['!' or '~', ..];
}
