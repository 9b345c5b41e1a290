namespace Rer.Versions;

/// <summary>
/// A list of requirements reduced to one for each family, or the first contradiction in the list. Immutable.
/// </summary>
/// <remarks>Corresponds to <c>rez.version.RequirementList</c>.</remarks>
public sealed class RequirementList : IEquatable<RequirementList>
{
    private readonly Requirement[] _merged;
    private readonly RequirementConflict? _conflict;

    /// <summary>Merges requirements for the same family.</summary>
    public RequirementList(IEnumerable<Requirement> requirements)
    {
        ArgumentNullException.ThrowIfNull(requirements);
        RequirementMerge.TryMerge([.. requirements], out _merged, out _conflict);
    }

    /// <summary>
    /// One requirement for each family, in the order in which the families first occur; empty if two contradict each
    /// other.
    /// </summary>
    /// <remarks>Corresponds to rez's <c>RequirementList.requirements</c>.</remarks>
    public IReadOnlyList<Requirement> Requirements => _conflict is null ? _merged : [];

    /// <summary>
    /// The first contradiction: the merged requirement so far, and the one that no version satisfies together with it;
    /// null if there is none.
    /// </summary>
    /// <remarks>Corresponds to rez's <c>RequirementList.conflict</c>.</remarks>
    public (Requirement Existing, Requirement Added)? Conflict =>
        _conflict is null ? null : (_conflict.Existing, _conflict.Added);

    /// <summary>The required families, in the order of <see cref="Requirements"/>.</summary>
    /// <remarks>Corresponds to rez's <c>RequirementList.names</c>.</remarks>
    public IEnumerable<string> Names => Requirements.Where(x => !x.Conflict).Select(x => x.Name);

    /// <summary>The families that are not required, but have versions excluded.</summary>
    /// <remarks>Corresponds to rez's <c>RequirementList.conflict_names</c>.</remarks>
    public IEnumerable<string> ConflictNames => Requirements.Where(x => x.Conflict).Select(x => x.Name);

    /// <summary>
    /// The merged requirement for a family, up to the contradiction if there is one; null if there is none.
    /// </summary>
    /// <remarks>Corresponds to rez's <c>RequirementList.get</c>.</remarks>
    public Requirement? Get(string name) => Array.Find(_merged, requirement => requirement.Name == name);

    /// <summary>Whether requirements and contradiction are the same.</summary>
    public bool Equals(RequirementList? other) =>
        other is not null && Equals(_conflict, other._conflict) && Requirements.SequenceEqual(other.Requirements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RequirementList);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Requirements.Aggregate(
            _conflict?.GetHashCode() ?? 0,
            (hash, requirement) => HashCode.Combine(hash, requirement)
        );

    /// <summary>The requirements separated by spaces, or the contradiction: <c>foo-1 &lt;--!--> foo-2</c>.</summary>
    public override string ToString() => _conflict?.ToString() ?? string.Join<Requirement>(' ', _merged);

    /// <summary>Whether requirements and contradiction are the same.</summary>
    public static bool operator ==(RequirementList? left, RequirementList? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether requirements or contradiction differ.</summary>
    public static bool operator !=(RequirementList? left, RequirementList? right) => !(left == right);
}
