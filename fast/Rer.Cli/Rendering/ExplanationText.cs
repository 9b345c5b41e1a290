using Rer.Insights.Explaining;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Shows an explanation as a tree of who requires what, and of what happened to the versions.</summary>
internal sealed class ExplanationText
{
    private const int ShownVersions = 4;
    private const int ShownHidden = 8;

    private readonly Explanation _explanation;
    private readonly HashSet<string> _shown = [];

    private ExplanationText(Explanation explanation) => _explanation = explanation;

    /// <summary>Writes an explanation.</summary>
    public static void Write(Explanation explanation, Terminal terminal)
    {
        var text = new ExplanationText(explanation);
        terminal.WriteLine(
            explanation.IsMinimal
                ? "these contradict each other (without any one of them, the rest do not):"
                : "these contradict each other (a smaller set may exist):",
            Styles.Heading
        );
        terminal.Write(text.DemandTree());
        terminal.WriteLine("");
        terminal.WriteLine("what happened to the versions:", Styles.Heading);
        terminal.Write(text.FateTree());
        terminal.WriteLine("");
        if (explanation.Remedies.Count == 0)
        {
            terminal.WriteLine("no change to the request was found that resolves", Styles.Heading);
        }
        else
        {
            terminal.WriteLine("what would resolve:", Styles.Heading);
        }
        foreach (Remedy remedy in explanation.Remedies)
        {
            terminal.WriteLine("  " + Describe(remedy), Styles.Good);
        }
        if (explanation.UndecidedCount > 0)
        {
            terminal.WriteLine(
                $"(the engine gave up on {explanation.UndecidedCount} of the trials after {Question.MaxFails} failed steps "
                    + "each, so a smaller set may contradict itself, and other changes may resolve)",
                Styles.Faint
            );
        }
        WriteUnreadable(explanation.Unreadable, terminal);
    }

    /// <summary>Writes which packages, in the families of an explanation, are hidden from every resolve.</summary>
    public static void WriteHidden(IEnumerable<string> messages, Terminal terminal)
    {
        string[] all = [.. messages];
        if (all.Length == 0)
        {
            return;
        }
        terminal.WriteLine("");
        terminal.WriteLine("what is hidden:", Styles.Heading);
        foreach (string message in all.Take(ShownHidden))
        {
            terminal.WriteLine("  " + message);
        }
        if (all.Length > ShownHidden)
        {
            terminal.WriteLine($"  and {all.Length - ShownHidden} more, which 'rer audit' lists", Styles.Faint);
        }
    }

    /// <summary>Writes what could not be read.</summary>
    public static void WriteUnreadable(IReadOnlyCollection<string> messages, Terminal terminal)
    {
        foreach (string message in messages)
        {
            terminal.WriteLine($"(ignored, because it cannot be read: {message})", Styles.Faint);
        }
    }

    private Tree DemandTree()
    {
        var tree = new Tree("request");
        foreach (Demand demand in _explanation.Core.Where(demand => demand.By is null))
        {
            AddDemands(tree, demand.Requirement, [demand]);
        }
        // The other demands come from families that no demand of the core pulls in. They are always part of the
        // resolve.
        foreach (string family in _explanation.Holders.Keys.Where(family => !_shown.Contains(family)).ToArray())
        {
            AddHolders(tree, family);
        }
        return tree;
    }

    private void AddDemands(IHasTreeNodes parent, string text, IReadOnlyList<Demand> demands)
    {
        TreeNode node = parent.AddNode(new Text(text));
        foreach (string family in demands.Where(demand => demand.IsPull).Select(demand => demand.On).Distinct())
        {
            if (!_explanation.Holders.ContainsKey(family))
            {
                continue;
            }
            if (_shown.Contains(family))
            {
                node.AddNode(new Text($"{family}: as above", Styles.Faint));
            }
            else
            {
                AddHolders(node, family);
            }
        }
    }

    /// <summary>
    /// Adds the requirements of a family's packages. Packages with different requirements are shown as alternatives.
    /// </summary>
    private void AddHolders(IHasTreeNodes parent, string family)
    {
        _shown.Add(family);
        IReadOnlyList<HolderGroup> groups = _explanation.Holders[family];
        for (int i = 0; i < groups.Count; i++)
        {
            string choice =
                groups.Count == 1 ? ""
                : i == 0 ? "either "
                : "or ";
            string requirements = string.Join(" and ", groups[i].Demands.Select(demand => demand.Requirement));
            AddDemands(
                parent,
                $"{choice}{family} {Listing(groups[i].Packages)} {Names.Require(groups[i].Packages.Count)} {requirements}",
                groups[i].Demands
            );
        }
    }

    private Tree FateTree()
    {
        var tree = new Tree("families");
        foreach (FamilyReport report in _explanation.Families)
        {
            TreeNode family = tree.AddNode(new Text(report.Family));
            if (report.Fates.Count == 0)
            {
                family.AddNode(new Text("missing: no repository has this family", Styles.Critical));
            }
            foreach (VersionFate fate in report.Fates)
            {
                family.AddNode(new Text($"{Listing(fate.Versions)}: {FindingText.Of(fate.Finding, Holders)}"));
            }
        }
        return tree;
    }

    /// <summary>Who has a demand: certain packages if only some of the family have it, otherwise the family.</summary>
    private string Holders(Demand demand)
    {
        IReadOnlyList<HolderGroup> groups = _explanation.Holders.GetValueOrDefault(demand.By!, []);
        return groups.Count < 2
            ? demand.By!
            : $"{demand.By} {Listing([.. groups.Where(group => group.Demands.Contains(demand)).SelectMany(group => group.Packages)])}";
    }

    private static string Describe(Remedy remedy)
    {
        string changes = string.Join(" and ", remedy.Changes);
        string[] gives = [.. remedy.Gives.Select(package => package.ToString())];
        return gives.Length == 0 ? changes : $"{changes} (gives {string.Join(", ", gives)})";
    }

    /// <summary>Versions. The middle of a long list is left out.</summary>
    private static string Listing(IReadOnlyList<string> versions)
    {
        IEnumerable<string> named = versions.Select(version => version.Length == 0 ? "(unversioned)" : version);
        return versions.Count <= ShownVersions
            ? string.Join(", ", named)
            : $"{string.Join(", ", named.Take(ShownVersions - 1))} … {named.Last()} ({versions.Count} versions)";
    }
}
