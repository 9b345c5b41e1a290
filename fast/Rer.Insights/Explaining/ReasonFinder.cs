using Rer.Insights.Explaining;
using Rer.Insights.Explaining.Worlds;
using Rer.Insights.Text;
using Version = Rer.Versions.Version;

namespace Rer.Insights;

/// <summary>Finds why a package is in a resolve as it is, by asking an engine about the alternatives.</summary>
public sealed class ReasonFinder
{
    private readonly IReadOnlyList<string> _request;
    private readonly Question _question;
    private readonly GraphView _view;
    private readonly ResolvedPackage _package;
    private readonly ResolvedPackage[] _others;
    private readonly int _node;

    private ReasonFinder(IReadOnlyList<string> request, SolvedResult solved, ResolvedPackage package, Question question)
    {
        _request = request;
        _question = question;
        _view = GraphView.Of(solved.GetGraph());
        _package = package;
        _others = [.. solved.Packages.Where(other => other.Name != package.Name)];
        string prefix = Names.OfPackage(package.Name, package.Version) + "[";
        _node = Enumerable
            .Range(0, _view.Nodes.Count)
            .First(i =>
                _view.Nodes[i].Kind == ViewNodeKind.Solved
                && _view.Nodes[i].Label.StartsWith(prefix, StringComparison.Ordinal)
            );
    }

    /// <summary>Finds the reasons.</summary>
    /// <param name="request">The request.</param>
    /// <param name="solved">Its resolve.</param>
    /// <param name="package">The package.</param>
    /// <param name="maxPaths">The maximum number of paths to report.</param>
    /// <param name="question">The engine, the packages and the options.</param>
    public static Reasons Find(
        IReadOnlyList<string> request,
        SolvedResult solved,
        ResolvedPackage package,
        int maxPaths,
        Question question
    )
    {
        var finder = new ReasonFinder(request, solved, package, question);
        (IReadOnlyList<IReadOnlyList<string>> paths, bool hasMore) = PullPaths.To(finder._view, finder._node, maxPaths);
        return new Reasons(
            package,
            [.. paths.Select(path => (IReadOnlyList<string>)[.. path.Select(WithoutEmptyIndex)])],
            hasMore,
            [.. finder.OtherVersions()],
            [.. finder.OtherVariants()],
            question.Unreadable
        );
    }

    /// <summary>
    /// Why other versions were not chosen. Without orderers, the latest versions are tried first, so earlier versions
    /// need no reason.
    /// </summary>
    private IEnumerable<Alternative> OtherVersions()
    {
        Version chosen = Version.Parse(_package.Version);
        bool descends = _question.Options.PackageOrderers is null or { Count: 0 };
        return
        [
            .. _question
                .Repository.GetVersions(_package.Name)
                .Where(version => version != _package.Version)
                .Where(version => !descends || Version.Parse(version).CompareTo(chosen) >= 0)
                .Select(version => new Alternative(
                    new ResolvedPackage(_package.Name, version, null),
                    FindingOnVersion(version)
                )),
        ];
    }

    private Finding FindingOnVersion(string version)
    {
        string[] request = [.. _request, Question.Pin(_package.Name, version)];
        return HiddenByRule.Try(_question, _package.Name, version)
            ?? ExcludedByDemands.Try(_question, _package.Name, version, DemandsOnPackage())
            ?? Impossible.Try(_question, request)
            ?? LaterInOrder.Try(_question, request, _package.Name, version, _package.Version)
            ?? PossibleButFor(request, world: null);
    }

    private Finding PossibleButFor(IReadOnlyList<string> request, IPackageRepository? world) =>
        NotTogetherWith.Try(_question, request, _others, world)
        ?? PossibleBeside.Try(_question, request, _others, world)
        ?? (Finding)new Undecided();

    /// <summary>The demands on the package's family, by the request and by the packages of the resolve.</summary>
    private IEnumerable<Demand> DemandsOnPackage() =>
        _view
            .Edges.Where(edge => edge.Target == _node)
            .Select(edge =>
                _view.Nodes[edge.Source] is { Kind: ViewNodeKind.Request } request
                    ? new Demand(null, request.Label)
                    : new Demand(WithoutEmptyIndex(_view.Nodes[edge.Source].Label), edge.Label)
            )
            .Distinct();

    /// <summary>Removes the <c>[]</c> with which rez's graph labels a package without variants.</summary>
    private static string WithoutEmptyIndex(string label) =>
        label.EndsWith("[]", StringComparison.Ordinal) ? label[..^2] : label;

    private IReadOnlyList<Alternative> OtherVariants()
    {
        if (_package.VariantIndex is not { } chosen)
        {
            return [];
        }
        PackageDefinition definition = _question.Repository.GetDefinition(_package.Name, _package.Version);
        return
        [
            .. Enumerable
                .Range(0, definition.Variants.Count)
                .Where(index => index != chosen)
                .Select(index => _package with { VariantIndex = index })
                .Select(other => new Alternative(other, FindingOnVariant(other))),
        ];
    }

    private Finding FindingOnVariant(ResolvedPackage other)
    {
        string[] request = [.. _request, Question.Pin(_package.Name, _package.Version)];
        var world = new SingleVariantRepository(_question.Repository, other);
        return Impossible.Try(_question, request, world)
            ?? LessPreferred.Try(_question, _request, _package, other.VariantIndex!.Value, world)
            ?? PossibleButFor(request, world);
    }
}
