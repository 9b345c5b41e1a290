using Rer.Insights.Text;

namespace Rer.Insights;

/// <summary>A requirement and where it comes from. Explanations consist of these.</summary>
/// <param name="By">The family whose packages have the requirement; null if it is part of the request.</param>
/// <param name="Requirement">The requirement as written.</param>
public readonly record struct Demand(string? By, string Requirement)
{
    /// <summary>The family that is required.</summary>
    public string On => Names.FamilyOf(Requirement);

    /// <summary>Whether it brings its family in. Conflicts and weak references only exclude versions.</summary>
    public bool IsPull => Requirement is not ['!' or '~', ..];
}
