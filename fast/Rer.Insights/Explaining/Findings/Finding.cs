namespace Rer.Insights;

/// <summary>
/// What is known about a version or a variant that is not in a resolve. A finding is created only by its own
/// <c>Try</c>, which asks the engine to confirm it. So every finding has been tried.
/// </summary>
public abstract record Finding;
