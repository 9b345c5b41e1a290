namespace Rer.Insights;

/// <summary>How far a long piece of work has come.</summary>
/// <param name="Stage">What is being done, one word or two.</param>
/// <param name="Done">How many of its parts are done.</param>
/// <param name="Total">How many there are.</param>
public readonly record struct InsightProgress(string Stage, int Done, int Total);
