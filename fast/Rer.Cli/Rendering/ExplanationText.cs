using Rer.Cli.Explaining;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>An explanation as a tree of who asks for what, and what became of the versions.</summary>
internal sealed class ExplanationText
{
    private const int ShownVersions = 4;

    private readonly Explanation _explanation;
    private readonly IPackageRepository _repository;
    private readonly HashSet<string> _shown = [];

    private ExplanationText(Explanation explanation, IPackageRepository repository)
    {
        _explanation = explanation;
        _repository = repository;
    }

    /// <summary>Writes an explanation.</summary>
    public static void Write(Explanation explanation, IPackageRepository repository, Terminal terminal)
    {
        var text = new ExplanationText(explanation, repository);
        terminal.WriteLine("these cannot go together (and could without any one of them):", Styles.Heading);
        terminal.Write(text.DemandTree());
        terminal.WriteLine("");
        terminal.WriteLine("what became of the versions:", Styles.Heading);
        terminal.Write(text.FateTree());
        terminal.WriteLine("");
        terminal.WriteLine("what would resolve:", Styles.Heading);
        foreach (Remedy remedy in explanation.Remedies)
            terminal.WriteLine("  " + Describe(remedy), Styles.Good);
        if (explanation.UndecidedCount > 0)
        {
            terminal.WriteLine(
                $"({explanation.UndecidedCount} variations were too hard to decide: there may be shorter answers)",
                Styles.Faint
            );
        }
    }

    private Tree DemandTree()
    {
        var tree = new Tree("request");
        foreach (Demand demand in _explanation.Core.Where(demand => demand.By is null))
            AddDemand(tree, demand, demand.Requirement);
        // What remains is required by families that no demand of the core pulls in: they always come along.
        foreach (Demand demand in _explanation.Core.Where(demand => demand.By is { } by && !_shown.Contains(by)))
            AddDemand(tree, demand, $"{HoldersOf(demand)} requires {demand.Requirement}");
        return tree;
    }

    private void AddDemand(IHasTreeNodes parent, Demand demand, string text)
    {
        TreeNode node = parent.AddNode(new Text(text));
        Demand[] onward = demand.IsPull ? [.. _explanation.Core.Where(next => next.By == demand.On)] : [];
        if (onward.Length == 0)
            return;
        if (!_shown.Add(demand.On))
        {
            node.AddNode(new Text($"{demand.On}: as above", Styles.Faint));
            return;
        }
        foreach (Demand next in onward)
            AddDemand(node, next, $"{HoldersOf(next)} requires {next.Requirement}");
    }

    /// <summary>The packages that make a demand, of those versions that the rest of the core leaves over.</summary>
    private string HoldersOf(Demand demand)
    {
        string family = demand.By!;
        HashSet<string> possible =
        [
            .. _explanation
                .Families.Where(report => report.Family == family)
                .SelectMany(report => report.Fates)
                .Where(fate => fate is { HiddenBy: null, ExcludedBy.Count: 0 })
                .SelectMany(fate => fate.Versions),
        ];
        string[] holders =
        [
            .. _repository
                .GetVersions(family)
                .Where(version => possible.Contains(version) && Holds(family, version, demand)),
        ];
        return holders.Length == 0 ? family : $"{family} {Listing(holders)}";
    }

    private bool Holds(string family, string version, Demand demand)
    {
        PackageDefinition definition = _repository.GetDefinition(family, version);
        return definition
            .Requires.Concat(definition.Variants.SelectMany(variant => variant))
            .Concat(definition.BuildRequires)
            .Contains(demand.Requirement);
    }

    private Tree FateTree()
    {
        var tree = new Tree("families");
        foreach (FamilyReport report in _explanation.Families)
        {
            TreeNode family = tree.AddNode(new Text(report.Family));
            if (report.Fates.Count == 0)
                family.AddNode(new Text("missing: no repository has this family", Styles.Critical));
            foreach (VersionFate fate in report.Fates)
                family.AddNode(new Text($"{Listing(fate.Versions)}: {Describe(fate)}"));
        }
        return tree;
    }

    private static string Describe(VersionFate fate)
    {
        if (fate.HiddenBy is { } rule)
            return $"hidden by the filter rule {rule}";
        if (fate.ExcludedBy.Count == 0)
            return "would do, but for what it requires";
        return "excluded by " + string.Join(", ", fate.ExcludedBy.Select(Describe));
    }

    private static string Describe(Demand demand) =>
        demand.By is { } family ? $"{demand.Requirement} (of {family})" : $"{demand.Requirement} (requested)";

    private static string Describe(Remedy remedy)
    {
        string changes = string.Join(" and ", remedy.Changes);
        string[] gives = [.. remedy.Gives.Select(package => package.ToString())];
        return gives.Length == 0 ? changes : $"{changes} (gives {string.Join(", ", gives)})";
    }

    /// <summary>Versions, the middle of a long list left out.</summary>
    private static string Listing(IReadOnlyList<string> versions)
    {
        IEnumerable<string> named = versions.Select(version => version.Length == 0 ? "(unversioned)" : version);
        return versions.Count <= ShownVersions
            ? string.Join(", ", named)
            : $"{string.Join(", ", named.Take(ShownVersions - 1))} … {named.Last()} ({versions.Count} versions)";
    }
}
