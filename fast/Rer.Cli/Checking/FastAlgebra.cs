using Rer.Books;
using Rer.Versions;
using Version = Rer.Versions.Version;

namespace Rer.Cli.Checking;

/// <summary>The fast engine's versions, ranges and requirements, for <see cref="VersionVectors"/>.</summary>
internal sealed class FastAlgebra : IVersionAlgebra
{
    /// <inheritdoc />
    public VersionFacts Version(string version)
    {
        Version parsed = ParseVersion(version);
        return new VersionFacts(
            parsed.ToString(),
            parsed.AsTuple(),
            parsed.IsEmpty ? null : parsed.Next().ToString(),
            [.. Enumerable.Range(0, parsed.Length + 1).Select(count => parsed.Trim(count).ToString())]
        );
    }

    /// <inheritdoc />
    public int Compare(string left, string right) => ParseVersion(left).CompareTo(ParseVersion(right));

    /// <inheritdoc />
    public RangeFacts Range(string range)
    {
        VersionRange parsed = ParseRange(range);
        return new RangeFacts(
            parsed.ToString(),
            parsed.IsAny,
            parsed.LowerBounded,
            parsed.UpperBounded,
            parsed.Split().Count,
            parsed.Inverse()?.ToString(),
            parsed.Span().ToString(),
            parsed.ToVersions()?.Select(version => version.ToString()).ToArray()
        );
    }

    /// <inheritdoc />
    public bool Contains(string range, string version) => ParseRange(range).Contains(ParseVersion(version));

    /// <inheritdoc />
    public RangePairFacts Ranges(string left, string right)
    {
        VersionRange a = ParseRange(left);
        VersionRange b = ParseRange(right);
        return new RangePairFacts(
            a.Union(b).ToString(),
            a.Intersection(b)?.ToString(),
            a.Difference(b)?.ToString(),
            a.Intersects(b),
            a.IsSupersetOf(b),
            b.IsSupersetOf(a),
            a.Equals(b)
        );
    }

    /// <inheritdoc />
    public string RangeOfVersions(IReadOnlyList<string> versions) =>
        VersionRange.FromVersions(versions.Select(ParseVersion)).ToString();

    /// <inheritdoc />
    public string RangeBetween(string lowest, string highest) =>
        VersionRange.AsSpan(ParseVersion(lowest), ParseVersion(highest)).ToString();

    /// <inheritdoc />
    public RequirementFacts Requirement(string requirement) => FactsOf(ParseRequirement(requirement));

    /// <inheritdoc />
    public RequirementPairFacts Requirements(string left, string right)
    {
        Requirement a = ParseRequirement(left);
        Requirement b = ParseRequirement(right);
        return new RequirementPairFacts(
            a.ConflictsWith(b),
            a.Merged(b) is { } merged ? FactsOf(merged) : null,
            a.Equals(b)
        );
    }

    private static RequirementFacts FactsOf(Requirement requirement) =>
        new(
            requirement.ToString(),
            requirement.Name,
            requirement.Range?.ToString(),
            requirement.Conflict,
            requirement.Weak
        );

    private static Version ParseVersion(string text) => Parse(Rer.Versions.Version.Parse, text);

    private static VersionRange ParseRange(string text) => Parse(VersionRange.Parse, text);

    private static Requirement ParseRequirement(string text) => Parse(Rer.Versions.Requirement.Parse, text);

    private static T Parse<T>(Func<string, T> parse, string text)
    {
        try
        {
            return parse(text);
        }
        catch (VersionSyntaxException error)
        {
            throw new FormatException(error.Message, error);
        }
    }
}
