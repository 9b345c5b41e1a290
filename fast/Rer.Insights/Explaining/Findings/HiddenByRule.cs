using Rer.Insights.Explaining.Worlds;

namespace Rer.Insights;

/// <summary>A filter rule hides the version.</summary>
/// <remarks>This was tried: with nothing else in the repository, the version resolves without filters, but not with
/// this one rule.</remarks>
public sealed record HiddenByRule : Finding
{
    private HiddenByRule(string rule) => Rule = rule;

    /// <summary>The rule as written. A limit on release times is written as <c>after(TIME)</c>.</summary>
    public string Rule { get; }

    /// <summary>Tries a version.</summary>
    public static HiddenByRule? Try(Question question, string family, string version)
    {
        if (!question.HasFilters)
        {
            return null;
        }
        ResolveOptions options = question.Options;
        var world = new BareFamilyRepository(question, family, [version]);
        bool IsHidden(ResolveOptions varied) =>
            question.Ask([family], world, varied) is { } result && result is not SolvedResult;

        if (!IsHidden(options) || question.Solve([family], world, question.Unfiltered) is null)
        {
            return null;
        }
        if (options.Timestamp != 0 && IsHidden(question.Unfiltered with { Timestamp = options.Timestamp }))
        {
            return new HiddenByRule(FormattableString.Invariant($"after({options.Timestamp})"));
        }
        return options
            .PackageFilters.SelectMany(filter => filter.Excludes.Select(rule => filter with { Excludes = [rule] }))
            .Where(filter => IsHidden(question.Unfiltered with { PackageFilters = [filter] }))
            .Select(filter => new HiddenByRule(filter.Excludes[0]))
            .FirstOrDefault();
    }
}
