namespace Rer.Books;

/// <summary>
/// An engine's versions, ranges and requirements as text, to be checked against <see cref="VersionVectors"/>. Each
/// engine has its own algebra, and a thin adapter to this interface.
/// </summary>
/// <remarks>Corresponds to <c>rez.version</c>. Text that cannot be parsed throws a <see cref="FormatException"/> with
/// the text of rez's <c>VersionError</c>.</remarks>
public interface IVersionAlgebra
{
    /// <summary>Facts about a version.</summary>
    VersionFacts Version(string version);

    /// <summary>Orders two versions: negative, zero or positive.</summary>
    int Compare(string left, string right);

    /// <summary>Facts about a range.</summary>
    RangeFacts Range(string range);

    /// <summary>Whether a version is in a range.</summary>
    bool Contains(string range, string version);

    /// <summary>Facts about two ranges.</summary>
    RangePairFacts Ranges(string left, string right);

    /// <summary>The range of exactly these versions. Corresponds to <c>VersionRange.from_versions</c>.</summary>
    string RangeOfVersions(IReadOnlyList<string> versions);

    /// <summary>
    /// The range from one version to another, both included. Corresponds to <c>VersionRange.as_span</c>.
    /// </summary>
    string RangeBetween(string lowest, string highest);

    /// <summary>Facts about a requirement.</summary>
    RequirementFacts Requirement(string requirement);

    /// <summary>Facts about two requirements for the same name.</summary>
    RequirementPairFacts Requirements(string left, string right);
}

/// <summary>Facts about a version.</summary>
/// <param name="Text">The version as text.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Next">The next version that does not extend it; null for the empty version. Corresponds to
/// <c>Version.next</c>.</param>
/// <param name="Trims">Its first tokens: none, one, and so on up to all. Corresponds to <c>Version.trim</c>.</param>
public sealed record VersionFacts(string Text, IReadOnlyList<string> Tokens, string? Next, IReadOnlyList<string> Trims);

/// <summary>Facts about a range.</summary>
/// <param name="Text">The range as text.</param>
/// <param name="IsAny">Whether it contains all versions.</param>
/// <param name="IsLowerBounded">Whether its first part has a lower bound.</param>
/// <param name="IsUpperBounded">Whether its last part has an upper bound.</param>
/// <param name="Parts">The number of contiguous parts.</param>
/// <param name="Inverse">The complement; null if it is empty. Corresponds to <c>VersionRange.inverse</c>.</param>
/// <param name="Span">The contiguous range from its lower to its upper bound. Corresponds to
/// <c>VersionRange.span</c>.</param>
/// <param name="Versions">The versions of a range of exact ones, otherwise null. Corresponds to
/// <c>VersionRange.to_versions</c>.</param>
public sealed record RangeFacts(
    string Text,
    bool IsAny,
    bool IsLowerBounded,
    bool IsUpperBounded,
    int Parts,
    string? Inverse,
    string Span,
    IReadOnlyList<string>? Versions
);

/// <summary>Facts about two ranges.</summary>
/// <param name="Union">The versions in either.</param>
/// <param name="Intersection">The versions in both; null if empty.</param>
/// <param name="Difference">The versions only in the left one; null if empty.</param>
/// <param name="Intersects">Whether they share a possible version.</param>
/// <param name="IsSuperset">Whether the left one contains all of the right one.</param>
/// <param name="IsSubset">Whether the right one contains all of the left one.</param>
/// <param name="IsEqual">Whether they are equal.</param>
public sealed record RangePairFacts(
    string Union,
    string? Intersection,
    string? Difference,
    bool Intersects,
    bool IsSuperset,
    bool IsSubset,
    bool IsEqual
);

/// <summary>Facts about a requirement.</summary>
/// <param name="Text">The requirement as text.</param>
/// <param name="Name">The family.</param>
/// <param name="Range">The range; null for the range <c>none</c> of a weak requirement for all versions.</param>
/// <param name="IsConflict">Whether it is a conflict. Weak requirements are.</param>
/// <param name="IsWeak">Whether it is weak.</param>
public sealed record RequirementFacts(string Text, string Name, string? Range, bool IsConflict, bool IsWeak);

/// <summary>Facts about two requirements for the same name.</summary>
/// <param name="Conflicts">Whether they cannot both hold. Corresponds to <c>Requirement.conflicts_with</c>.</param>
/// <param name="Merged">The requirement that combines both; null if they conflict. Corresponds to
/// <c>Requirement.merged</c>.</param>
/// <param name="IsEqual">Whether they are equal.</param>
public sealed record RequirementPairFacts(bool Conflicts, RequirementFacts? Merged, bool IsEqual);
