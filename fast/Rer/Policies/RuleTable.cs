namespace Rer.Policies;

/// <summary>Rules by the family that they are looked at for, cheaper ones first.</summary>
internal sealed class RuleTable
{
    private readonly Dictionary<string, List<FilterRule>> _byFamily = new(StringComparer.Ordinal);
    private readonly List<FilterRule> _forAll = [];

    /// <summary>Whether there are no rules.</summary>
    public bool IsEmpty => _byFamily.Count == 0 && _forAll.Count == 0;

    /// <summary>How dear the rules are together. Those for one family count a tenth, unless it has no name.</summary>
    public double Cost =>
        _forAll.Sum(x => x.Cost)
        + _byFamily.Sum(x => x.Value.Sum(rule => rule.Cost) / (x.Key.Length == 0 ? 1.0 : 10.0));

    /// <summary>Adds a rule, behind those of equal cost.</summary>
    public void Add(FilterRule rule)
    {
        List<FilterRule>? rules = _forAll;
        if (rule.Family is { } family && !_byFamily.TryGetValue(family, out rules))
        {
            _byFamily.Add(family, rules = []);
        }

        int place = rules.FindIndex(x => x.Cost > rule.Cost);
        rules.Insert(place < 0 ? rules.Count : place, rule);
    }

    /// <summary>Whether a rule matches. Those for the package's family are asked before those for all.</summary>
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
