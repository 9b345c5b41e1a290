using Rer.Cli.Graphs;
using Rer.Cli.Rendering;
using Version = Rer.Versions.Version;

namespace Rer.Cli.Explaining;

/// <summary>Finds why a package is in a resolve as it is, by asking an engine for what it is not.</summary>
internal sealed class ReasonFinder
{
    private readonly IReadOnlyList<string> _request;
    private readonly Question _question;
    private readonly GraphView _view;
    private readonly ResolvedPackage _package;
    private readonly int _node;

    private ReasonFinder(IReadOnlyList<string> request, ResolvedPackage package, GraphView view, Question question)
    {
        _request = request;
        _question = question;
        _view = view;
        _package = package;
        string prefix = Names.OfPackage(package.Name, package.Version) + "[";
        _node = Enumerable
            .Range(0, view.Nodes.Count)
            .First(i =>
                view.Nodes[i].Kind == ViewNodeKind.Solved
                && view.Nodes[i].Label.StartsWith(prefix, StringComparison.Ordinal)
            );
    }

    /// <summary>Finds the reasons.</summary>
    /// <param name="request">The request.</param>
    /// <param name="solved">Its resolve.</param>
    /// <param name="package">The package.</param>
    /// <param name="maxPaths">How many paths to it to name.</param>
    /// <param name="question">The engine, the packages and the options.</param>
    public static Reasons Find(
        IReadOnlyList<string> request,
        SolvedResult solved,
        ResolvedPackage package,
        int maxPaths,
        Question question
    )
    {
        var finder = new ReasonFinder(request, package, GraphView.Of(solved.GetGraph()), question);
        (IReadOnlyList<IReadOnlyList<string>> paths, bool hasMore) = PullPaths.To(finder._view, finder._node, maxPaths);
        return new Reasons(package, paths, hasMore, [.. finder.OtherVersions()], [.. finder.OtherVariants()]);
    }

    /// <summary>
    /// Why not another version. Where versions descend, as they do without orderers, earlier ones need no reason.
    /// </summary>
    private IEnumerable<Alternative> OtherVersions()
    {
        Version chosen = Version.Parse(_package.Version);
        bool descends = _question.Options.PackageOrderers is null or { Count: 0 };
        foreach (string version in _question.Repository.GetVersions(_package.Name))
        {
            if (version.Length == 0 || version == _package.Version)
                continue;
            if (descends && Version.Parse(version).CompareTo(chosen) < 0)
                continue;
            yield return new Alternative(new ResolvedPackage(_package.Name, version, null), ReasonAgainst(version));
        }
    }

    private string ReasonAgainst(string version)
    {
        var single = new SingleVersionRepository(_question.Repository, _package.Name, version);
        if (FateFinder.HiddenBy(_package.Name, single, _question) is { } rule)
            return $"hidden by the filter rule {rule}";
        Demand[] unmet =
        [
            .. DemandsOnPackage().Where(demand => !FateFinder.IsMet(demand, _package.Name, single, _question)),
        ];
        return unmet.Length > 0
            ? $"excluded by {string.Join(", ", unmet.Select(Describe))}"
            : ReasonOf([.. _request, $"{_package.Name}=={version}"], _question.Repository);
    }

    /// <summary>What the resolve's requests and packages demand of the package's family.</summary>
    private IEnumerable<Demand> DemandsOnPackage() =>
        _view
            .Edges.Where(edge => edge.Target == _node)
            .Select(edge =>
                _view.Nodes[edge.Source] is { Kind: ViewNodeKind.Request } request
                    ? new Demand(null, request.Label)
                    : new Demand(_view.Nodes[edge.Source].Label, edge.Label)
            )
            .Distinct();

    private IEnumerable<Alternative> OtherVariants()
    {
        if (_package.VariantIndex is not { } chosen)
            yield break;
        PackageDefinition definition = _question.Repository.GetDefinition(_package.Name, _package.Version);
        for (int i = 0; i < definition.Variants.Count; i++)
        {
            if (i == chosen)
                continue;
            ResolvedPackage other = _package with { VariantIndex = i };
            string? obstacle = ObstacleOf(
                [.. _request, $"{_package.Name}=={_package.Version}"],
                new SingleVariantRepository(_question.Repository, other)
            );
            yield return new Alternative(other, obstacle ?? PreferenceOver(definition, chosen, i));
        }
    }

    private string PreferenceOver(PackageDefinition definition, int chosen, int other)
    {
        VariantPreference preference = VariantPreference.Between(
            _request,
            [.. definition.Requires, .. definition.Variants[chosen]],
            [.. definition.Requires, .. definition.Variants[other]],
            _question.Options.VariantSelectMode
        );
        bool isOrdered = _question.Options.PackageOrderers is { Count: > 0 };
        return preference switch
        {
            _ when isOrdered => $"possible; orderers decide on {preference.Reason}",
            { Order: >= 0 } => $"less preferred: {preference.Reason}",
            _ => $"possible, and preferred for itself ({preference.Reason}), but rez settled another package first, "
                + "and this one by it",
        };
    }

    private string ReasonOf(IReadOnlyList<string> request, IPackageRepository repository) =>
        ObstacleOf(request, repository) ?? "possible, but rez settled another package first, and this one by it";

    /// <summary>What keeps a variation of the request from resolving; null if nothing does.</summary>
    private string? ObstacleOf(IReadOnlyList<string> request, IPackageRepository repository) =>
        _question.Ask(request, repository) switch
        {
            SolvedResult => null,
            FailedResult failed => "impossible: " + failed.Failure.Description.Split('\n')[0],
            ErrorResult error => "impossible: " + error.Message,
            _ => "too hard to decide",
        };

    private static string Describe(Demand demand) =>
        demand.By is { } package ? $"{demand.Requirement} (of {package})" : $"{demand.Requirement} (requested)";
}
