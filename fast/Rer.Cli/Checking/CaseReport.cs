using Rer.Books;

namespace Rer.Cli.Checking;

/// <summary>What came of one case.</summary>
/// <param name="Title">Which case: its book, its position and its request.</param>
/// <param name="Differences">Where the answer differs from the recorded one.</param>
internal sealed record CaseReport(string Title, IReadOnlyList<Difference> Differences);
