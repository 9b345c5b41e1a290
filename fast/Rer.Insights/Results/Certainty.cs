namespace Rer.Insights.Results;

/// <summary>Decides what is certain about a result.</summary>
internal static class Certainty
{
    /// <summary>Whether a request has a resolve; null if a limit ended the search before that was known.</summary>
    /// <param name="result">The result of the request.</param>
    /// <param name="maxFails">The limit on failed steps; null for none.</param>
    public static bool? HasResolve(ResolveResult result, int? maxFails) =>
        result switch
        {
            SolvedResult => true,
            ErrorResult => false,
            FailedResult when result.Statistics.NumFails < (maxFails ?? int.MaxValue) => false,
            _ => null,
        };
}
