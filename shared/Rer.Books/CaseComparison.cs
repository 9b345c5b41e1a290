using System.Globalization;

namespace Rer.Books;

/// <summary>Compares a recorded case with an engine's answer, field by field.</summary>
public static class CaseComparison
{
    /// <summary>Above so many items, a list is told by its first item that differs.</summary>
    private const int MaxShownItems = 12;

    private const string CyclePrefix = "A cyclic dependency was detected: ";
    private const string CycleArrow = " --> ";

    /// <summary>Solves a case's request again and compares every field that the case has.</summary>
    /// <param name="resolver">The engine.</param>
    /// <param name="repository">The repository of the case's book.</param>
    /// <param name="expected">The case.</param>
    /// <param name="writesLog">Whether the engine writes a log, and its trace is to be compared.</param>
    /// <param name="cancellationToken">Ends the solve.</param>
    /// <returns>The differences; empty if there are none.</returns>
    public static IReadOnlyList<Difference> Check(
        IResolver resolver,
        IPackageRepository repository,
        Case expected,
        bool writesLog = false,
        CancellationToken cancellationToken = default
    ) => Compare(expected, CaseRecorder.Solve(resolver, repository, expected, writesLog, cancellationToken));

    /// <summary>Compares every field that the expected case has.</summary>
    /// <remarks>
    /// Passed over where an engine has nothing to show: the trace, and the counts of extractions, intersections and
    /// reductions. What rez leaves to chance is compared up to that: the rotation of a cycle, the ids and order of a
    /// graph's nodes.
    /// </remarks>
    /// <returns>The differences; empty if there are none.</returns>
    public static IReadOnlyList<Difference> Compare(Case expected, Case got)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(got);
        List<Difference> differences = [];

        if (expected.Status is { } status && status != got.Status)
        {
            // The rest would only say the same again, at length.
            return [new Difference("status", Word(status), Outcome(got))];
        }

        Lists("resolved", expected.Resolved?.Select(Show), got.Resolved?.Select(Show));
        Lists("ephemerals", expected.Ephemerals, got.Ephemerals);
        Values("failure", expected.Failure, got.Failure);
        if (expected.Failure == "Cycle" && got.Failure == "Cycle")
        {
            Lists("description", CycleOf(expected.Description), CycleOf(got.Description));
            Lists("involved", Rotated(expected.Involved), Rotated(got.Involved));
            Lists("cycle", Rotated(expected.Cycle), Rotated(got.Cycle));
        }
        else
        {
            Values("description", expected.Description, got.Description);
            Lists("involved", expected.Involved, got.Involved);
            Lists("cycle", expected.Cycle, got.Cycle);
        }
        Values("error", expected.Error?.ToString(), got.Error?.ToString());
        Values("message", expected.Message, got.Message);
        Values("num_solves", Number(expected.NumSolves), Number(got.NumSolves));
        Values("num_fails", Number(expected.NumFails), Number(got.NumFails));
        ValuesIfKept("num_extractions", expected.NumExtractions, got.NumExtractions);
        ValuesIfKept("num_intersections", expected.NumIntersections, got.NumIntersections);
        ValuesIfKept("num_reductions", expected.NumReductions, got.NumReductions);
        Bags("graph node", expected.Graph?.Nodes, got.Graph?.Nodes);
        Bags("graph edge", expected.Graph?.Edges, got.Graph?.Edges);
        if (got.Trace is not null)
            Lists("trace", expected.Trace, got.Trace);
        return differences;

        void Values(string field, string? wanted, string? found)
        {
            if (wanted is not null && wanted != found)
                differences.Add(new Difference(field, wanted, found ?? "nothing"));
        }

        void ValuesIfKept(string field, int? wanted, int? found)
        {
            if (found is not null)
                Values(field, Number(wanted), Number(found));
        }

        void Lists(string field, IEnumerable<string>? wanted, IEnumerable<string>? found)
        {
            if (wanted is not null && !wanted.SequenceEqual(found ?? []))
                differences.Add(ListDifference(field, [.. wanted], [.. found ?? []]));
        }

        void Bags<T>(string field, IEnumerable<T>? wanted, IEnumerable<T>? found)
            where T : notnull
        {
            if (wanted is null)
                return;
            List<T> missing = [.. wanted];
            List<T> extra = [.. (found ?? []).Where(item => !missing.Remove(item))];
            if (missing.Count + extra.Count > 0)
                differences.Add(new Difference(field, Join(missing), Join(extra)));
        }
    }

    private static Difference ListDifference(string field, string[] expected, string[] got)
    {
        if (Math.Max(expected.Length, got.Length) <= MaxShownItems)
            return new Difference(field, Join(expected), Join(got));

        int first = 0;
        while (first < expected.Length && first < got.Length && expected[first] == got[first])
            first++;
        return new Difference(field, Item(expected), Item(got));

        string Item(string[] items) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(first < items.Length ? items[first] : "nothing")} (item {first} of {items.Length})"
            );
    }

    private static string Join<T>(IReadOnlyCollection<T> items) =>
        items.Count == 0 ? "nothing" : string.Join(", ", items);

    /// <summary>A cycle from its least member on: rez starts it anywhere.</summary>
    private static IReadOnlyList<string>? Rotated(IReadOnlyList<string>? cycle)
    {
        if (cycle is null or [])
            return cycle;
        int start = Enumerable.Range(0, cycle.Count).MinBy(i => cycle[i], StringComparer.Ordinal);
        return [.. cycle.Skip(start), .. cycle.Take(start)];
    }

    /// <summary>The cycle in a failure's text; a text of another form stands for itself.</summary>
    private static IReadOnlyList<string>? CycleOf(string? description)
    {
        if (description is null)
            return null;
        if (!description.StartsWith(CyclePrefix, StringComparison.Ordinal))
            return [description];
        string[] steps = description[CyclePrefix.Length..].Split(CycleArrow);
        return steps is [var first, .., var last] && first == last ? Rotated(steps[..^1]) : [description];
    }

    private static string Outcome(Case got) =>
        (got.Description ?? got.Message) is { Length: > 0 } text ? $"{Word(got.Status)}: {text}" : Word(got.Status);

    private static string Word(CaseStatus? status) => status?.ToString().ToLowerInvariant() ?? "nothing";

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Show(ResolvedPackage package)
    {
        string version = package.Version.Length == 0 ? "" : "-" + package.Version;
        string index = package.VariantIndex is { } i ? i.ToString(CultureInfo.InvariantCulture) : "";
        return $"{package.Name}{version}[{index}]";
    }
}
