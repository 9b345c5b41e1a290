namespace Rer.Books;

/// <summary>
/// An engine's versions, ranges and requirements with text going in and coming out: what <see cref="VersionVectors"/>
/// are checked against. Each engine has its own algebra, and a thin adapter to this.
/// </summary>
/// <remarks>Answers to <c>rez.version</c>. Text that does not parse throws <see cref="FormatException"/> with the text
/// of rez's <c>VersionError</c>.</remarks>
public interface IVersionAlgebra
{
    /// <summary>What is known of a version.</summary>
    VersionFacts Version(string version);

    /// <summary>Orders two versions: negative, zero or positive.</summary>
    int Compare(string left, string right);

    /// <summary>What is known of a range.</summary>
    RangeFacts Range(string range);

    /// <summary>Whether a version is in a range.</summary>
    bool Contains(string range, string version);

    /// <summary>What is known of two ranges together.</summary>
    RangePairFacts Ranges(string left, string right);

    /// <summary>The range of exactly these versions. <c>VersionRange.from_versions</c>.</summary>
    string RangeOfVersions(IReadOnlyList<string> versions);

    /// <summary>The range from one version to another, both included. <c>VersionRange.as_span</c>.</summary>
    string RangeBetween(string lowest, string highest);

    /// <summary>What is known of a requirement.</summary>
    RequirementFacts Requirement(string requirement);

    /// <summary>What is known of two requirements of one name together.</summary>
    RequirementPairFacts Requirements(string left, string right);
}

/// <summary>What is known of a version.</summary>
/// <param name="Text">The version, printed.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Next">The version after it and all that begin with it; null for the empty version.
/// <c>Version.next</c>.</param>
/// <param name="Trims">Its first tokens: none, one, and so on up to all. <c>Version.trim</c>.</param>
public sealed record VersionFacts(string Text, IReadOnlyList<string> Tokens, string? Next, IReadOnlyList<string> Trims);

/// <summary>What is known of a range.</summary>
/// <param name="Text">The range, printed.</param>
/// <param name="IsAny">Whether it holds all versions.</param>
/// <param name="IsLowerBounded">Whether its first part has a lower bound.</param>
/// <param name="IsUpperBounded">Whether its last part has an upper bound.</param>
/// <param name="Parts">The number of contiguous parts.</param>
/// <param name="Inverse">The complement; null if it is empty. <c>VersionRange.inverse</c>.</param>
/// <param name="Span">The contiguous range from its lower to its upper bound. <c>VersionRange.span</c>.</param>
/// <param name="Versions">The versions of a range of exact ones, else null. <c>VersionRange.to_versions</c>.</param>
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

/// <summary>What is known of two ranges together.</summary>
/// <param name="Union">What either holds.</param>
/// <param name="Intersection">What both hold; null if empty.</param>
/// <param name="Difference">What only the left holds; null if empty.</param>
/// <param name="Intersects">Whether they share a version, existing or not.</param>
/// <param name="IsSuperset">Whether the left holds all of the right.</param>
/// <param name="IsSubset">Whether the right holds all of the left.</param>
/// <param name="IsEqual">Whether they hold the same.</param>
public sealed record RangePairFacts(
    string Union,
    string? Intersection,
    string? Difference,
    bool Intersects,
    bool IsSuperset,
    bool IsSubset,
    bool IsEqual
);

/// <summary>What is known of a requirement.</summary>
/// <param name="Text">The requirement, printed.</param>
/// <param name="Name">The family.</param>
/// <param name="Range">The range; null for the range <c>none</c> of a weak requirement on all versions.</param>
/// <param name="IsConflict">Whether it is a conflict requirement; weak ones are.</param>
/// <param name="IsWeak">Whether it is weak.</param>
public sealed record RequirementFacts(string Text, string Name, string? Range, bool IsConflict, bool IsWeak);

/// <summary>What is known of two requirements of one name together.</summary>
/// <param name="Conflicts">Whether they cannot both hold. <c>Requirement.conflicts_with</c>.</param>
/// <param name="Merged">What holds when both do; null if they conflict. <c>Requirement.merged</c>.</param>
/// <param name="IsEqual">Whether they are equal.</param>
public sealed record RequirementPairFacts(bool Conflicts, RequirementFacts? Merged, bool IsEqual);
