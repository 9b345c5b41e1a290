namespace Rer.Cli.Explaining.Findings;

/// <summary>No trial gave an answer: what it takes was too hard, cannot be read, or was one of too many.</summary>
internal sealed record Undecided : Finding;
