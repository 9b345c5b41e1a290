namespace Rer.Insights;

/// <summary>The request has no resolve with the version or variant.</summary>
/// <remarks>This was tried: the request with the version added fails or ends in an error.</remarks>
public sealed record Impossible : Finding
{
    private Impossible(string text) => Text = text;

    /// <summary>The reason in rez's words.</summary>
    public string Text { get; }

    /// <summary>Tries a request.</summary>
    /// <param name="question">The engine, the packages and the options.</param>
    /// <param name="request">The request with the version added.</param>
    /// <param name="world">The packages if only one variant is considered; null for all packages as they are.</param>
    public static Impossible? Try(Question question, IReadOnlyList<string> request, IPackageRepository? world = null) =>
        question.Ask(request, world) switch
        {
            FailedResult failed => new Impossible(failed.Failure.Description.Split('\n')[0]),
            ErrorResult error => new Impossible(error.Message),
            _ => null,
        };
}
