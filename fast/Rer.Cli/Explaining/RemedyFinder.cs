namespace Rer.Cli.Explaining;

/// <summary>Finds the smallest changes to a request that make it resolve, by trying them.</summary>
internal sealed class RemedyFinder
{
    private readonly IReadOnlyList<string> _request;
    private readonly Question _question;

    private RemedyFinder(IReadOnlyList<string> request, Question question)
    {
        _request = request;
        _question = question;
    }

    /// <summary>
    /// The changes of one requirement that make the request resolve; where there are none, those of two; else one
    /// change of as many as it takes. Only requests in the core can be to blame for it, but more may be amiss beside.
    /// </summary>
    public static IReadOnlyList<Remedy> Find(
        IReadOnlyList<string> request,
        IReadOnlyList<Demand> core,
        Question question
    )
    {
        var finder = new RemedyFinder(request, question);
        int[] blamed = [.. Enumerable.Range(0, request.Count).Where(i => core.Contains(new Demand(null, request[i])))];
        List<Remedy> remedies =
        [
            .. finder.WithoutFilters(),
            .. blamed.SelectMany(finder.ChangesOf).Select(finder.Try).OfType<Remedy>(),
        ];
        if (remedies.Count > 0)
            return remedies;
        remedies.AddRange(finder.PairsWith(blamed).Take(1));
        return remedies.Count > 0 ? remedies : [finder.KeepWhatFits()];
    }

    /// <summary>What can be done about one requirement: any version of its family, or nothing of it.</summary>
    private IEnumerable<Change[]> ChangesOf(int position)
    {
        if (Widened(_request[position]) is { } widened)
            yield return [new Change(position, widened)];
        yield return [new Change(position, null)];
    }

    private IEnumerable<Remedy> PairsWith(int[] blamed) =>
        from first in blamed
        from second in Enumerable.Range(0, _request.Count)
        where second != first && (second > first || !blamed.Contains(second))
        from a in ChangesOf(first)
        from b in ChangesOf(second)
        let remedy = Try([.. a, .. b])
        where remedy is not null
        select remedy;

    /// <summary>Takes up one requirement after the other as far as they go together.</summary>
    private Remedy KeepWhatFits()
    {
        List<string> kept = [];
        List<Change> changes = [];
        for (int i = 0; i < _request.Count; i++)
        {
            string? fitting = new[] { _request[i], Widened(_request[i]) }.FirstOrDefault(requirement =>
                requirement is not null && _question.Solve([.. kept, requirement]) is not null
            );
            if (fitting != _request[i])
                changes.Add(new Change(i, fitting));
            if (fitting is not null)
                kept.Add(fitting);
        }
        return Try([.. changes]) ?? throw new InvalidOperationException("an empty request has no resolve");
    }

    /// <summary>Where filters hide packages, the request may be right as it is.</summary>
    private IEnumerable<Remedy> WithoutFilters()
    {
        ResolveOptions options = _question.Options;
        if (options is { PackageFilters.Count: 0, Timestamp: 0 })
            yield break;
        ResolveOptions unfiltered = options with { PackageFilters = [], Timestamp = 0 };
        if (_question.Solve(_request, null, unfiltered) is not null)
            yield return new Remedy(["lift the filters and the time limit on releases"], _request, []);
    }

    private Remedy? Try(Change[] changes)
    {
        string?[] changed = [.. _request];
        foreach (Change change in changes)
            changed[change.Position] = change.Requirement;
        string[] request = [.. changed.OfType<string>()];
        if (_question.Solve(request) is not { } solved)
            return null;
        HashSet<string> widened = [.. changes.Select(change => change.Requirement).OfType<string>()];
        return new Remedy(
            [.. changes.Select(Describe)],
            request,
            [.. solved.Packages.Where(package => widened.Contains(package.Name))]
        );
    }

    private string Describe(Change change) =>
        change.Requirement is { } requirement
            ? $"ask for {requirement} instead of {_request[change.Position]}"
            : $"leave out {_request[change.Position]}";

    /// <summary>The family alone, where the requirement says more and brings it in.</summary>
    private static string? Widened(string requirement)
    {
        var demand = new Demand(null, requirement);
        return demand.IsPull && demand.On != requirement ? demand.On : null;
    }

    /// <summary>A requirement of the request and what takes its place; null for nothing.</summary>
    private readonly record struct Change(int Position, string? Requirement);
}
