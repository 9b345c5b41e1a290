using System.Globalization;
using Spectre.Console;

namespace Rer.Cli.Rendering;

/// <summary>Shows dependents as a tree. Below each package are those that require it.</summary>
internal sealed class DependentsText
{
    private const int ShownVersions = 4;

    private readonly Dependents _dependents;
    private readonly ILookup<string, DependentFamily> _requiring;
    private readonly HashSet<string> _shown;

    private DependentsText(Dependents dependents)
    {
        _dependents = dependents;
        _requiring = dependents
            .Families.SelectMany(family => family.Links.Select(link => (link.On, Family: family)).Distinct())
            .ToLookup(pair => pair.On, pair => pair.Family);
        _shown = [];
    }

    /// <summary>Writes the tree.</summary>
    public static void Write(Dependents dependents, Terminal terminal)
    {
        var tree = new Tree(new Text($"{dependents.Package}{Count(dependents.Versions.Count)}", Styles.Heading));
        new DependentsText(dependents).Add(tree, dependents.Family, distance: 1);
        terminal.Write(tree);
        int direct = dependents.Families.Count(family => family.Distance == 1);
        int packages = dependents.Families.Sum(family => family.Versions.Count);
        terminal.WriteLine(
            $"{Names.Count(packages, "package")} of {Names.Count(dependents.Families.Count, "family", "families")} "
                + $"{(packages == 1 ? "requires" : "require")} it, "
                + $"{string.Create(CultureInfo.InvariantCulture, $"{direct:N0}")} of the families directly",
            Styles.Heading
        );
        foreach (string message in dependents.Unreadable)
        {
            terminal.WriteErrorLine($"rer: ignored, because it cannot be read: {message}", Styles.Note);
        }
    }

    /// <summary>Adds each family below the first one that it requires, at its distance.</summary>
    private void Add(IHasTreeNodes parent, string on, int distance)
    {
        DependentFamily[] nearest =
        [
            .. _requiring[on].Where(family => family.Distance == distance && _shown.Add(family.Family)),
        ];
        foreach (DependentFamily family in nearest)
        {
            DependentLink[] links = [.. family.Links.Where(link => link.On == on)];
            TreeNode node = parent.AddNode(
                new Text(
                    links.Length == 1
                        ? $"{family.Family} {Listing(links[0].Packages, family)} {Names.Require(links[0].Packages.Count)} {links[0].Requirement}"
                        : $"{family.Family} {Listing(family.Versions, family)}"
                )
            );
            foreach (DependentLink link in links.Length == 1 ? [] : links)
            {
                node.AddNode(
                    new Text(
                        $"{Listing(link.Packages, family)} {Names.Require(link.Packages.Count)} {link.Requirement}",
                        Styles.Faint
                    )
                );
            }
            Add(node, family.Family, distance + 1);
        }
    }

    private static string Count(int versions) =>
        versions switch
        {
            0 => ": no package path has it",
            1 => "",
            _ => string.Create(CultureInfo.InvariantCulture, $" ({versions} versions)"),
        };

    /// <summary>Versions, or some of their variants. The middle of a long list is left out.</summary>
    private static string Listing(IReadOnlyList<string> packages, DependentFamily family)
    {
        if (packages.Count > ShownVersions && packages.Count == family.VersionCount && !packages.Any(IsVariant))
        {
            return string.Create(CultureInfo.InvariantCulture, $"(all {packages.Count} versions)");
        }
        string[] named = [.. packages.Select(package => package.Length == 0 ? "(unversioned)" : package)];
        return named.Length <= ShownVersions
            ? string.Join(", ", named)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(", ", named.Take(ShownVersions - 1))} … {named[^1]} ({named.Length})"
            );
    }

    private static bool IsVariant(string package) => package.EndsWith(']');
}
