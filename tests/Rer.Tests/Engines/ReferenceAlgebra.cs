using Microsoft.FSharp.Core;
using Rer.Books;
using Rer.Reference;
using ReferenceRequirement = Rer.Reference.Requirement;
using ReferenceVersion = Rer.Reference.Version;

namespace Rer.Tests.Engines;

/// <summary>The reference's algebra, by text.</summary>
internal sealed class ReferenceAlgebra : IVersionAlgebra
{
    public VersionFacts Version(string version) =>
        Parsing(() =>
        {
            ReferenceVersion parsed = ReferenceVersion.Parse(version);
            return new VersionFacts(
                parsed.Text,
                [.. parsed.Tokens.Select(VersionToken.text)],
                parsed.IsEmpty ? null : parsed.Next().Text,
                [.. Enumerable.Range(0, parsed.Tokens.Length + 1).Select(count => parsed.Trim(count).Text)]
            );
        });

    public int Compare(string left, string right) =>
        ReferenceVersion.Compare(ReferenceVersion.Parse(left), ReferenceVersion.Parse(right));

    public RangeFacts Range(string range) =>
        Parsing(() =>
        {
            VersionRange parsed = VersionRange.Parse(range);
            return new RangeFacts(
                parsed.Text,
                parsed.IsAny,
                parsed.IsLowerBounded,
                parsed.IsUpperBounded,
                parsed.Bounds.Length,
                OrNull(parsed.Inverse())?.Text,
                parsed.Span().Text,
                parsed.ToVersions() is { IsEmpty: false } versions
                    ? [.. versions.Select(version => version.Text)]
                    : null
            );
        });

    public bool Contains(string range, string version) =>
        VersionRange.Parse(range).Contains(ReferenceVersion.Parse(version));

    public RangePairFacts Ranges(string left, string right)
    {
        VersionRange a = VersionRange.Parse(left);
        VersionRange b = VersionRange.Parse(right);
        return new RangePairFacts(
            a.Union([b]).Text,
            OrNull(a.Intersection(b))?.Text,
            OrNull(a.Difference(b))?.Text,
            a.Intersects(b),
            a.IsSuperset(b),
            b.IsSuperset(a),
            a.Equals(b)
        );
    }

    public string RangeOfVersions(IReadOnlyList<string> versions) =>
        VersionRange.FromVersions(versions.Select(ReferenceVersion.Parse)).Text;

    public string RangeBetween(string lowest, string highest) =>
        VersionRange.FromSpan(ReferenceVersion.Parse(lowest), ReferenceVersion.Parse(highest)).Text;

    public RequirementFacts Requirement(string requirement) =>
        Parsing(() => FactsOf(ReferenceRequirement.Parse(requirement)));

    public RequirementPairFacts Requirements(string left, string right)
    {
        ReferenceRequirement a = ReferenceRequirement.Parse(left);
        ReferenceRequirement b = ReferenceRequirement.Parse(right);
        return new RequirementPairFacts(
            a.ConflictsWith(b),
            OrNull(a.Merged(b)) is { } merged ? FactsOf(merged) : null,
            a.Equals(b)
        );
    }

    private static RequirementFacts FactsOf(ReferenceRequirement requirement) =>
        new(
            requirement.Text,
            requirement.Name,
            OrNull(requirement.Range)?.Text,
            requirement.IsConflict,
            requirement.IsWeak
        );

    private static T? OrNull<T>(FSharpOption<T>? option)
        where T : class => option?.Value;

    private static T Parsing<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (VersionError e)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
