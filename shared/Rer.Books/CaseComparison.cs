using System.Globalization;

namespace Rer.Books;

/// <summary>Compares a recorded case with an engine's answer, field by field.</summary>
public static class CaseComparison
{
    /// <summary>Solves a case's request again and compares every field of the case.</summary>
    /// <param name="resolver">The engine.</param>
    /// <param name="repository">The repository of the case's book.</param>
    /// <param name="expected">The case.</param>
    /// <param name="writesLog">Whether the engine writes a log, so that its trace can be compared.</param>
    /// <param name="cancellationToken">Ends the solve.</param>
    /// <returns>The differences; empty if there are none.</returns>
    public static IReadOnlyList<Difference> Check(
        IResolver resolver,
        IPackageRepository repository,
        Case expected,
        bool writesLog = false,
        CancellationToken cancellationToken = default
    ) =>
        Compare(expected, CaseRecorder.Solve(resolver, repository, expected, writesLog, cancellationToken), repository);

    /// <summary>Compares every field of the expected case.</summary>
    /// <remarks>
    /// The trace, and the counts of extractions, intersections and reductions, are skipped if an engine does not
    /// provide them. Where rez's answer depends on chance, any of its possible answers is accepted: a cycle may be
    /// rotated.
    /// </remarks>
    /// <param name="expected">The case.</param>
    /// <param name="got">The answer.</param>
    /// <param name="repository">The packages. If given, another cycle is accepted if it really is a cycle, because
    /// chance decides which of several cycles rez finds. Its graph is then not compared.</param>
    /// <returns>The differences; empty if there are none.</returns>
    public static IReadOnlyList<Difference> Compare(Case expected, Case got, IPackageRepository? repository = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(got);
        if (expected.Status is { } status && status != got.Status)
        {
            // All other differences follow from this one.
            return [new Difference("status", Word(status), Outcome(got))];
        }

        DifferenceList differences = new();
        differences.Lists("resolved", expected.Resolved?.Select(Show), got.Resolved?.Select(Show));
        differences.Lists("ephemerals", expected.Ephemerals, got.Ephemerals);
        AddFailure(differences, "", expected.Reported, got.Reported, repository);
        differences.Values("number of failures", expected.Failures?.Count, got.Failures?.Count);
        foreach ((CaseFailure wanted, CaseFailure found) in (expected.Failures ?? []).Zip(got.Failures ?? []))
        {
            AddFailure(differences, "failures: ", wanted, found, repository);
        }
        differences.Values("error", expected.Error, got.Error);
        if (!SaysTheSame(expected, got))
        {
            differences.Values("message", expected.Message, got.Message);
        }
        differences.Values("num_solves", expected.NumSolves, got.NumSolves);
        differences.Values("num_fails", expected.NumFails, got.NumFails);
        if (got.NumExtractions is not null)
        {
            differences.Values("num_extractions", expected.NumExtractions, got.NumExtractions);
        }
        if (got.NumIntersections is not null)
        {
            differences.Values("num_intersections", expected.NumIntersections, got.NumIntersections);
        }
        if (got.NumReductions is not null)
        {
            differences.Values("num_reductions", expected.NumReductions, got.NumReductions);
        }
        if (got.Trace is not null)
        {
            differences.Lists("trace", expected.Trace, got.Trace);
        }
        return differences.All;
    }

    /// <summary>
    /// Whether an error has the same text as the recorded one. If a text cannot be parsed, an engine also adds its
    /// location in front of rez's words.
    /// </summary>
    private static bool SaysTheSame(Case expected, Case got) =>
        expected is { Error: ResolveErrorKind.InvalidSyntax, Message: { } message }
        && got.Message is { } said
        && said.EndsWith(message, StringComparison.Ordinal);

    private static void AddFailure(
        DifferenceList differences,
        string prefix,
        CaseFailure expected,
        CaseFailure got,
        IPackageRepository? repository
    )
    {
        differences.Values(prefix + "failure", expected.Kind, got.Kind);
        if (expected.Kind == "Cycle" && got.Kind == "Cycle")
        {
            if (repository is not null && CycleComparison.IsAnotherChoice(expected, got, repository))
            {
                return;
            }
            differences.Lists(
                prefix + "description",
                CycleComparison.OfDescription(expected.Description),
                CycleComparison.OfDescription(got.Description)
            );
            differences.Lists(
                prefix + "involved",
                CycleComparison.Rotated(expected.Involved),
                CycleComparison.Rotated(got.Involved)
            );
            differences.Lists(
                prefix + "cycle",
                CycleComparison.Rotated(expected.Cycle),
                CycleComparison.Rotated(got.Cycle)
            );
        }
        else
        {
            differences.Values(prefix + "description", expected.Description, got.Description);
            differences.Lists(prefix + "involved", expected.Involved, got.Involved);
            differences.Lists(prefix + "cycle", expected.Cycle, got.Cycle);
        }
        differences.Bags(prefix + "graph node", expected.Graph?.Nodes, got.Graph?.Nodes);
        differences.Bags(prefix + "graph edge", expected.Graph?.Edges, got.Graph?.Edges);
        // A rotated cycle has the same edges, added in another order.
        if (expected.Cycle is null || got.Cycle is null || expected.Cycle.SequenceEqual(got.Cycle))
        {
            differences.Lists(prefix + "detail", expected.Detail, got.Detail);
            differences.Lists(prefix + "dot", expected.Dot, got.Dot);
        }
    }

    private static string Outcome(Case got) =>
        (got.Description ?? got.Message) is { Length: > 0 } text ? $"{Word(got.Status)}: {text}" : Word(got.Status);

    private static string Word(CaseStatus? status) => status?.ToString().ToLowerInvariant() ?? "nothing";

    private static string Show(ResolvedPackage package)
    {
        string version = package.Version.Length == 0 ? "" : "-" + package.Version;
        string index = package.VariantIndex is { } i ? i.ToString(CultureInfo.InvariantCulture) : "";
        return $"{package.Name}{version}[{index}]";
    }
}
