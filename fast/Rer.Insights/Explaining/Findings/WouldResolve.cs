namespace Rer.Insights;

/// <summary>The request resolves if it asks for this version.</summary>
/// <remarks>This was tried: the request with the version added resolves.</remarks>
public sealed record WouldResolve : Finding
{
    private WouldResolve() { }

    /// <summary>Tries a version.</summary>
    public static WouldResolve? Try(Question question, IReadOnlyList<string> request, string family, string version) =>
        question.Solve([.. request, Question.Pin(family, version)]) is null ? null : new WouldResolve();
}
