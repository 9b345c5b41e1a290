namespace Rer.Insights;

/// <summary>Between which times to look for a release, and for what it broke.</summary>
/// <param name="Good">A time at which all was well, in seconds since 1970-01-01 UTC.</param>
public sealed record BisectOptions(long Good)
{
    /// <summary>A later time at which it was not; 0 for all that was ever released.</summary>
    public long Bad { get; init; }

    /// <summary>What the request is to resolve to: a version as <c>foo-1.2</c>, or with its variant as <c>foo-1.2[0]</c>, or
    /// any version in a range. Null: that it resolves; or, where it resolves at both times, that it resolves to what it
    /// did at the good one.</summary>
    public string? ResolvesTo { get; init; }

    /// <summary>Filters, orderers and so on; the time does not count. Where <see cref="ResolveOptions.MaxFails"/> is not
    /// given, a resolve is given up after <see cref="Question.MaxFails"/> failed steps.</summary>
    public ResolveOptions Resolve { get; init; } = ResolveOptions.Default;
}
