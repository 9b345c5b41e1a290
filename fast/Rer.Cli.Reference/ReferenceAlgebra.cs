using Microsoft.FSharp.Core;
using Rer.Books;
using Rer.Reference;
using Version = Rer.Reference.Version;

namespace Rer.Cli.Reference;

/// <summary>The reference's versions, ranges and requirements, for <see cref="VersionVectors"/>.</summary>
internal sealed class ReferenceAlgebra : IVersionAlgebra
{
    /// <inheritdoc />
    public VersionFacts Version(string version)
    {
        Version parsed = Parse(Rer.Reference.Version.Parse, version);
        return new VersionFacts(
            parsed.Text,
            [.. parsed.Tokens.Select(VersionToken.text)],
            parsed.IsEmpty ? null : parsed.Next().Text,
            [.. Enumerable.Range(0, parsed.Tokens.Length + 1).Select(count => parsed.Trim(count).Text)]
        );
    }

    /// <inheritdoc />
    public int Compare(string left, string right) =>
        Rer.Reference.Version.Compare(
            Parse(Rer.Reference.Version.Parse, left),
            Parse(Rer.Reference.Version.Parse, right)
        );

    /// <inheritdoc />
    public RangeFacts Range(string range)
    {
        VersionRange parsed = ParseRange(range);
        string[] versions = [.. parsed.ToVersions().Select(version => version.Text)];
        return new RangeFacts(
            parsed.Text,
            parsed.IsAny,
            parsed.IsLowerBounded,
            parsed.IsUpperBounded,
            parsed.Bounds.Length,
            TextOf(parsed.Inverse()),
            parsed.Span().Text,
            versions.Length == 0 ? null : versions
        );
    }

    /// <inheritdoc />
    public bool Contains(string range, string version) =>
        ParseRange(range).Contains(Parse(Rer.Reference.Version.Parse, version));

    /// <inheritdoc />
    public RangePairFacts Ranges(string left, string right)
    {
        VersionRange a = ParseRange(left);
        VersionRange b = ParseRange(right);
        return new RangePairFacts(
            a.Union([b]).Text,
            TextOf(a.Intersection(b)),
            TextOf(a.Difference(b)),
            a.Intersects(b),
            a.IsSuperset(b),
            b.IsSuperset(a),
            a.Equals(b)
        );
    }

    /// <inheritdoc />
    public string RangeOfVersions(IReadOnlyList<string> versions) =>
        VersionRange.FromVersions(versions.Select(Rer.Reference.Version.Parse)).Text;

    /// <inheritdoc />
    public string RangeBetween(string lowest, string highest) =>
        VersionRange.FromSpan(Rer.Reference.Version.Parse(lowest), Rer.Reference.Version.Parse(highest)).Text;

    /// <inheritdoc />
    public RequirementFacts Requirement(string requirement) =>
        FactsOf(Parse(Rer.Reference.Requirement.Parse, requirement));

    /// <inheritdoc />
    public RequirementPairFacts Requirements(string left, string right)
    {
        Requirement a = Parse(Rer.Reference.Requirement.Parse, left);
        Requirement b = Parse(Rer.Reference.Requirement.Parse, right);
        return new RequirementPairFacts(
            a.ConflictsWith(b),
            a.Merged(b)?.Value is { } merged ? FactsOf(merged) : null,
            a.Equals(b)
        );
    }

    private static RequirementFacts FactsOf(Requirement requirement) =>
        new(requirement.Text, requirement.Name, TextOf(requirement.Range), requirement.IsConflict, requirement.IsWeak);

    private static string? TextOf(FSharpOption<VersionRange>? range) => range?.Value.Text;

    private static VersionRange ParseRange(string range) => Parse(VersionRange.Parse, range);

    private static T Parse<T>(Func<string, T> parse, string text)
    {
        try
        {
            return parse(text);
        }
        catch (VersionError error)
        {
            throw new FormatException(error.Message, error);
        }
    }
}
