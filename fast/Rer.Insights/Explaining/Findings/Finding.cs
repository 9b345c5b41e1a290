namespace Rer.Insights;

/// <summary>
/// What is known of a version or a variant that is not in a resolve. A finding is made by its own <c>Try</c>, which
/// puts the trial to the engine that bears it out: there is no other way to make one, so what it says was tried.
/// </summary>
public abstract record Finding;
