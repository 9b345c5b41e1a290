namespace Rer.Policies;

/// <summary>Rules grouped by the family that they apply to, cheaper ones first.</summary>
internal sealed class RuleTable
{
    private readonly Dictionary<string, List<FilterRule>> _byFamily = new(StringComparer.Ordinal);
    private readonly List<FilterRule> _forAll = [];

    /// <summary>Whether there are no rules.</summary>
    public bool IsEmpty => _byFamily.Count == 0 && _forAll.Count == 0;

    /// <summary>
    /// The total cost of the rules. A rule for one family counts a tenth, unless the family's name is empty.
    /// </summary>
    public double Cost =>
        _forAll.Sum(x => x.Cost)
        + _byFamily.Sum(x => x.Value.Sum(rule => rule.Cost) / (x.Key.Length == 0 ? 1.0 : 10.0));

    /// <summary>Adds a rule after those of equal cost.</summary>
    public void Add(FilterRule rule)
    {
        List<FilterRule>? rules = _forAll;
        if (rule.Family is { } family && !_byFamily.TryGetValue(family, out rules))
        {
            _byFamily.Add(family, rules = []);
        }

        int at = rules.FindIndex(x => x.Cost > rule.Cost);
        rules.Insert(at < 0 ? rules.Count : at, rule);
    }

    /// <summary>
    /// Whether any rule matches. Rules for the package's family are tried before rules for all families.
    /// </summary>
    public bool Matches(FilterCandidate package) =>
        MatchesAny(_byFamily.GetValueOrDefault(package.Family, []), package) || MatchesAny(_forAll, package);

    private static bool MatchesAny(List<FilterRule> rules, FilterCandidate package)
    {
        foreach (FilterRule rule in rules)
        {
            if (rule.Matches(package))
            {
                return true;
            }
        }

        return false;
    }
}
