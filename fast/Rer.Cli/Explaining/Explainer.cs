namespace Rer.Cli.Explaining;

/// <summary>
/// Explains why a request has no resolve, by asking an engine what would happen if less were demanded. It knows nothing
/// of how an engine works, and whatever it says was tried.
/// </summary>
internal static class Explainer
{
    /// <summary>Explains a failure.</summary>
    /// <param name="request">The request. It fails, or ends in an error about a missing or contradictory package.</param>
    /// <param name="question">The engine, the packages and the options.</param>
    /// <returns>The explanation; null where it takes too long to be sure that there is no resolve.</returns>
    public static Explanation? Explain(IReadOnlyList<string> request, Question question)
    {
        var recording = new RecordingRepository(question.Repository);
        if (!question.IsUnsolvable(request, recording))
            return null;
        Demand[] demands =
        [
            .. request.Select(requirement => new Demand(null, requirement)).Distinct(),
            .. DemandsOf(recording, question.Options.Building),
        ];
        IReadOnlyList<Demand> core = MinimalCore.Of(demands, part => IsUnsolvable(part, recording, question));
        return new Explanation(
            core,
            FateFinder.Find(core, recording, question),
            RemedyFinder.Find(request, core, question),
            question.UndecidedCount
        );
    }

    /// <summary>Whether these demands, alone in the world, certainly have no resolve.</summary>
    public static bool IsUnsolvable(IReadOnlyList<Demand> demands, IPackageRepository repository, Question question)
    {
        string[] request = [.. demands.Where(demand => demand.By is null).Select(demand => demand.Requirement)];
        return question.IsUnsolvable(request, new RelaxedRepository(repository, demands.ToHashSet()));
    }

    /// <summary>
    /// What the packages that the solve looked at require. The solve would have failed in the same way had there been
    /// no other requirements. In the order of their names, so that an explanation does not depend on chance.
    /// </summary>
    private static IEnumerable<Demand> DemandsOf(RecordingRepository recording, bool building) =>
        recording
            .Definitions.SelectMany(entry =>
                entry
                    .Value.Requires.Concat(entry.Value.Variants.SelectMany(variant => variant))
                    .Concat(building ? entry.Value.BuildRequires : [])
                    .Select(requirement => new Demand(entry.Key.Family, requirement))
            )
            .Distinct()
            .OrderBy(demand => demand.By, StringComparer.Ordinal)
            .ThenBy(demand => demand.Requirement, StringComparer.Ordinal);
}
