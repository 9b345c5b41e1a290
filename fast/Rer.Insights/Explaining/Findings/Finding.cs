namespace Rer.Insights;

/// <summary>
/// What is known about a version or a variant that is not in a resolve. The only way to create a finding is its own
/// <c>Try</c>, which asks the engine to confirm it. So whatever a finding says was tried.
/// </summary>
public abstract record Finding;
