using Rer.Insights.Explaining.Findings;
using Rer.Insights.Explaining.Worlds;

namespace Rer.Insights;

/// <summary>Requests or requirements exclude the version.</summary>
/// <remarks>This was tried: with nothing else in the repository, the version does not resolve together with any one of
/// them.</remarks>
public sealed record ExcludedByDemands : Finding
{
    private ExcludedByDemands(IReadOnlyList<Demand> demands) => Demands = new EqualList<Demand>(demands);

    /// <summary>The demands that exclude it.</summary>
    public IReadOnlyList<Demand> Demands { get; }

    /// <summary>Tries a version.</summary>
    /// <param name="question">The engine, the packages and the options.</param>
    /// <param name="family">The version's family.</param>
    /// <param name="version">The version.</param>
    /// <param name="demands">The demands on the family.</param>
    public static ExcludedByDemands? Try(Question question, string family, string version, IEnumerable<Demand> demands)
    {
        var world = new BareFamilyRepository(question, family, [version]);
        Demand[] unmet =
        [
            .. demands.Where(demand =>
                question.Ask([family, demand.Requirement], world, question.Unfiltered) is { } result
                && result is not SolvedResult
            ),
        ];
        return unmet.Length == 0 ? null : new ExcludedByDemands(unmet);
    }
}
