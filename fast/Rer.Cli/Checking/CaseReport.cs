using Rer.Books;

namespace Rer.Cli.Checking;

/// <summary>What came of one case, or of a file of vectors.</summary>
/// <param name="Title">Which case: its book, its position and its request.</param>
/// <param name="Differences">Where the answer differs from the recorded one.</param>
/// <param name="Count">How many cases it counts for if it differs: each difference of a vector is one.</param>
internal sealed record CaseReport(string Title, IReadOnlyList<Difference> Differences, int Count = 1);
