namespace Rer.Insights.Results;

/// <summary>What a result says for certain.</summary>
internal static class Certainty
{
    /// <summary>Whether a request has a resolve; null where a limit ended the search before it was known.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="maxFails">The limit of failed steps; null for none.</param>
    public static bool? HasResolve(ResolveResult result, int? maxFails) =>
        result switch
        {
            SolvedResult => true,
            ErrorResult => false,
            FailedResult when result.Statistics.NumFails < (maxFails ?? int.MaxValue) => false,
            _ => null,
        };
}
