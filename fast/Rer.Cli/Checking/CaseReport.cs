using Rer.Books;

namespace Rer.Cli.Checking;

/// <summary>The outcome of one case, or of a file of vectors.</summary>
/// <param name="Title">The case: its book, its position and its request.</param>
/// <param name="Differences">Where the answer differs from the recorded one.</param>
/// <param name="Count">The number of cases it counts for if it differs. Each difference of a vector counts as
/// one.</param>
internal sealed record CaseReport(string Title, IReadOnlyList<Difference> Differences, int Count = 1);
