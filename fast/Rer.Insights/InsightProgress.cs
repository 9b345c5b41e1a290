namespace Rer.Insights;

/// <summary>The progress of a long operation.</summary>
/// <param name="Stage">The current stage, in one or two words.</param>
/// <param name="Done">The number of parts done.</param>
/// <param name="Total">The total number of parts.</param>
public readonly record struct InsightProgress(string Stage, int Done, int Total);
