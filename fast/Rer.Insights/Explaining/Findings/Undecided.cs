namespace Rer.Insights;

/// <summary>No trial gave an answer: what it takes was too hard, cannot be read, or was one of too many.</summary>
public sealed record Undecided : Finding;
