using Rer.Versions;

namespace Rer.Policies;

/// <summary>Matches packages that a requirement does not conflict with.</summary>
/// <remarks>Corresponds to <c>rez.package_filter.RangeRule</c>.</remarks>
internal sealed class RangeRule(Requirement requirement) : FilterRule
{
    /// <inheritdoc/>
    public override string? Family => requirement.Name;

    /// <inheritdoc/>
    public override bool Matches(FilterCandidate package) =>
        !requirement.ConflictsWith(package.Family, package.Version);

    /// <inheritdoc/>
    public override string ToString() => $"range({requirement})";
}
