namespace Rer.Insights;

/// <summary>The options of a search for the release that broke a request.</summary>
/// <param name="Good">A time at which the request was fine, in seconds since 1970-01-01 UTC.</param>
public sealed record BisectOptions(long Good)
{
    /// <summary>A later time at which it was broken; 0 for no limit.</summary>
    public long Bad { get; init; }

    /// <summary>
    /// What the request should resolve to: a version such as <c>foo-1.2</c>, a variant such as <c>foo-1.2[0]</c>, or
    /// any version in a range. If null, the request should resolve. If it resolves at both times, it should resolve to
    /// the same packages as at the good time.
    /// </summary>
    public string? ResolvesTo { get; init; }

    /// <summary>
    /// Filters, orderers and other options. The timestamp is ignored. If <see cref="ResolveOptions.MaxFails"/> is null,
    /// a resolve is abandoned after <see cref="Question.MaxFails"/> failed steps.
    /// </summary>
    public ResolveOptions Resolve { get; init; } = ResolveOptions.Default;
}
