namespace Rer.Insights;

/// <summary>
/// No trial gave an answer. The solve was too hard, a package cannot be read, or there were too many versions to try.
/// </summary>
public sealed record Undecided : Finding;
