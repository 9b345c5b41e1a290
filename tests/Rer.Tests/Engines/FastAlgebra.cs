using Rer.Books;
using Rer.Versions;
using FastRequirement = Rer.Versions.Requirement;
using FastVersion = Rer.Versions.Version;

namespace Rer.Tests.Engines;

/// <summary>The fast engine's algebra, by text.</summary>
internal sealed class FastAlgebra : IVersionAlgebra
{
    public VersionFacts Version(string version) =>
        Parsing(() =>
        {
            FastVersion parsed = FastVersion.Parse(version);
            return new VersionFacts(
                parsed.ToString(),
                [.. Enumerable.Range(0, parsed.TokenCount).Select(i => parsed.TokensFrom(i).Trim(1).ToString())],
                parsed.IsEmpty ? null : parsed.Next().ToString(),
                [.. Enumerable.Range(0, parsed.TokenCount + 1).Select(length => parsed.Trim(length).ToString())]
            );
        });

    public int Compare(string left, string right) => FastVersion.Parse(left).CompareTo(FastVersion.Parse(right));

    public RangeFacts Range(string range) =>
        Parsing(() =>
        {
            VersionRange parsed = VersionRange.Parse(range);
            return new RangeFacts(
                parsed.ToString(),
                parsed.IsAny,
                parsed.LowerBounded,
                parsed.UpperBounded,
                parsed.Bounds.Length,
                parsed.Inverse()?.ToString(),
                parsed.Span().ToString(),
                parsed.ToVersions()?.Select(version => version.ToString()).ToArray()
            );
        });

    public bool Contains(string range, string version) =>
        VersionRange.Parse(range).Contains(FastVersion.Parse(version));

    public RangePairFacts Ranges(string left, string right)
    {
        VersionRange a = VersionRange.Parse(left);
        VersionRange b = VersionRange.Parse(right);
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

    public string RangeOfVersions(IReadOnlyList<string> versions) =>
        VersionRange.FromVersions(versions.Select(FastVersion.Parse)).ToString();

    public string RangeBetween(string lowest, string highest) =>
        VersionRange.AsSpan(FastVersion.Parse(lowest), FastVersion.Parse(highest)).ToString();

    public RequirementFacts Requirement(string requirement) =>
        Parsing(() => FactsOf(FastRequirement.Parse(requirement)));

    public RequirementPairFacts Requirements(string left, string right)
    {
        FastRequirement a = FastRequirement.Parse(left);
        FastRequirement b = FastRequirement.Parse(right);
        return new RequirementPairFacts(
            a.ConflictsWith(b),
            a.Merged(b) is { } merged ? FactsOf(merged) : null,
            a.Equals(b)
        );
    }

    private static RequirementFacts FactsOf(FastRequirement requirement) =>
        new(
            requirement.ToString(),
            requirement.Name,
            requirement.Range?.ToString(),
            requirement.Conflict,
            requirement.Weak
        );

    private static T Parsing<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (VersionSyntaxException e)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
