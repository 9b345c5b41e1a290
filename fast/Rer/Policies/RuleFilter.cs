namespace Rer.Policies;

/// <summary>Excludes a package that one of its exclusions matches and none of its inclusions does.</summary>
/// <remarks>Answers to <c>rez.package_filter.PackageFilter</c>.</remarks>
internal sealed class RuleFilter
{
    // Stands for all families, which no family can be named.
    private const string AllFamilies = "\0";

    private readonly Dictionary<string, List<FilterRule>> _exclusions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FilterRule>> _inclusions = new(StringComparer.Ordinal);

    /// <summary>Whether it has no exclusion, and so excludes nothing.</summary>
    public bool IsEmpty => _exclusions.Count == 0;

    /// <summary>How dear its exclusions are, those for one family at a tenth.</summary>
    public double Cost
    {
        get
        {
            double total = 0;
            foreach ((string family, List<FilterRule> rules) in _exclusions)
            {
                double cost = rules.Sum(x => x.Cost);
                total += family is AllFamilies or "" ? cost : cost / 10;
            }

            return total;
        }
    }

    /// <summary>Reads a filter.</summary>
    /// <exception cref="PolicySyntaxException">A rule is none.</exception>
    public static RuleFilter Read(PackageFilter filter)
    {
        RuleFilter result = new();
        foreach (string rule in filter.Excludes)
        {
            result.AddExclusion(FilterRule.Parse(rule));
        }

        foreach (string rule in filter.Includes)
        {
            Add(result._inclusions, FilterRule.Parse(rule));
        }

        return result;
    }

    /// <summary>Adds an exclusion.</summary>
    public void AddExclusion(FilterRule rule) => Add(_exclusions, rule);

    /// <summary>Whether it excludes a package.</summary>
    public bool Excludes(FilterCandidate package) => Matches(_exclusions, package) && !Matches(_inclusions, package);

    private static void Add(Dictionary<string, List<FilterRule>> byFamily, FilterRule rule)
    {
        string family = rule.Family ?? AllFamilies;
        if (!byFamily.TryGetValue(family, out List<FilterRule>? rules))
        {
            byFamily.Add(family, rules = []);
        }

        // By cost, and behind those of equal cost.
        int place = rules.FindIndex(x => x.Cost > rule.Cost);
        rules.Insert(place < 0 ? rules.Count : place, rule);
    }

    /// <summary>The rules for the family come before those for all.</summary>
    private static bool Matches(Dictionary<string, List<FilterRule>> byFamily, FilterCandidate package) =>
        MatchesAny(byFamily.GetValueOrDefault(package.Family), package)
        || MatchesAny(byFamily.GetValueOrDefault(AllFamilies), package);

    private static bool MatchesAny(List<FilterRule>? rules, FilterCandidate package)
    {
        foreach (FilterRule rule in rules ?? [])
        {
            if (rule.Matches(package))
            {
                return true;
            }
        }

        return false;
    }
}
