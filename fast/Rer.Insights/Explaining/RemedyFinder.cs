using Rer.Insights.Explaining.Worlds;

namespace Rer.Insights.Explaining;

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
    /// The changes to one requirement that make the request resolve. If there are none, the first change to two
    /// requirements that does. If there is none either, one change to as many requirements as needed. Only requests in
    /// the core can be the cause of this failure, but there may be other failures. Empty if nothing was found in time.
    /// </summary>
    public static IReadOnlyList<Remedy> Find(
        IReadOnlyList<string> request,
        IReadOnlyList<Demand> core,
        IReadOnlyList<FamilyReport> families,
        Question question
    )
    {
        var finder = new RemedyFinder(request, question);
        int[] blamed = [.. Enumerable.Range(0, request.Count).Where(i => core.Contains(new Demand(null, request[i])))];
        List<Remedy> remedies =
        [
            .. finder.WithoutFilters(),
            .. families.Select(finder.Narrowed).OfType<Remedy>(),
            .. blamed.SelectMany(finder.ChangesOf).Select(change => finder.Try(change)).OfType<Remedy>(),
        ];
        if (remedies.Count > 0)
        {
            return remedies;
        }
        remedies.AddRange(finder.PairsWith(blamed).Take(1));
        return remedies.Count > 0 ? remedies : [.. finder.KeepWhatFits()];
    }

    /// <summary>
    /// Pins a version with which the request resolves. If there are several, it is the first in the order of versions.
    /// </summary>
    private Remedy? Narrowed(FamilyReport report)
    {
        string family = report.Family;
        string[] versions =
        [
            .. report
                .Fates.Where(fate => fate.Finding is WouldResolve)
                .SelectMany(fate => fate.Versions)
                .Where(version => version.Length > 0),
        ];
        if (versions.Length == 0)
        {
            return null;
        }
        var world = new BareFamilyRepository(_question, family, versions);
        string version = _question.Solve([family], world)?.Packages[0].Version ?? versions[^1];
        int position = Enumerable
            .Range(0, _request.Count)
            .FirstOrDefault(i => new Demand(null, _request[i]) is { IsPull: true } demand && demand.On == family, -1);
        return new[] { $"{family}-{version}", Question.Pin(family, version) }
            .Where(requirement => position < 0 || _request[position] != requirement)
            .Select(requirement => Try([new Change(position, requirement)]))
            .OfType<Remedy>()
            .FirstOrDefault(remedy => remedy.Gives.Any(package => package.Version == version));
    }

    /// <summary>The ways to change one requirement: allow any version of its family, or drop it.</summary>
    private IEnumerable<Change[]> ChangesOf(int position)
    {
        if (Widened(_request[position]) is { } widened)
        {
            yield return [new Change(position, widened)];
        }
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

    /// <summary>Adds one requirement after another, for as long as they hold together.</summary>
    private IEnumerable<Remedy> KeepWhatFits()
    {
        List<string> kept = [];
        List<Change> changes = [];
        for (int i = 0; i < _request.Count; i++)
        {
            string? fitting = new[] { _request[i], Widened(_request[i]) }.FirstOrDefault(requirement =>
                requirement is not null && _question.Solve([.. kept, requirement]) is not null
            );
            if (fitting != _request[i])
            {
                changes.Add(new Change(i, fitting));
            }
            if (fitting is not null)
            {
                kept.Add(fitting);
            }
        }
        return Try([.. changes]) is { } remedy ? [remedy] : [];
    }

    /// <summary>If filters hide packages, the request may be right as it is.</summary>
    private IEnumerable<Remedy> WithoutFilters()
    {
        if (_question.HasFilters && _question.Solve(_request, null, _question.Unfiltered) is not null)
        {
            yield return new Remedy(["remove the filters and the limit on release times"], _request, true, []);
        }
    }

    private Remedy? Try(Change[] changes)
    {
        List<string?> changed = [.. _request];
        foreach (Change change in changes)
        {
            if (change.IsAdded)
            {
                changed.Add(change.Requirement);
            }
            else
            {
                changed[change.Position] = change.Requirement;
            }
        }
        string[] request = [.. changed.OfType<string>()];
        if (_question.Solve(request) is not { } solved)
        {
            return null;
        }
        HashSet<string> families =
        [
            .. changes.Select(change => change.Requirement).OfType<string>().Select(text => new Demand(null, text).On),
        ];
        return new Remedy(
            [.. changes.Select(Describe)],
            request,
            false,
            [.. solved.Packages.Where(package => families.Contains(package.Name))]
        );
    }

    private string Describe(Change change) =>
        change switch
        {
            { Requirement: null } => $"leave out {_request[change.Position]}",
            { IsAdded: true } => $"also ask for {change.Requirement}",
            _ => $"ask for {change.Requirement} instead of {_request[change.Position]}",
        };

    /// <summary>The family alone; null if the requirement is only the family, or does not bring it in.</summary>
    private static string? Widened(string requirement)
    {
        var demand = new Demand(null, requirement);
        return demand.IsPull && demand.On != requirement ? demand.On : null;
    }

    /// <summary>A requirement of the request and its replacement.</summary>
    /// <param name="Position">Its position in the request; negative for one that is added.</param>
    /// <param name="Requirement">The replacement; null to remove it.</param>
    private readonly record struct Change(int Position, string? Requirement)
    {
        public bool IsAdded => Position < 0;
    }
}
