using Rer.Insights.Explaining.Findings;
using Rer.Insights.Explaining.Worlds;

namespace Rer.Insights;

/// <summary>The version would work if it did not have some of its requirements.</summary>
/// <remarks>
/// This was tried: with this version, and without these requirements of it, the demands that cannot hold together do
/// hold together.
/// </remarks>
public sealed record WouldDoWithout : Finding
{
    private WouldDoWithout(IReadOnlyList<Demand> demands) => Demands = new EqualList<Demand>(demands);

    /// <summary>The requirements.</summary>
    public IReadOnlyList<Demand> Demands { get; }

    /// <summary>Tries a version.</summary>
    /// <param name="question">The engine, the packages and the options.</param>
    /// <param name="core">The demands that cannot hold together.</param>
    /// <param name="family">The version's family.</param>
    /// <param name="version">The version.</param>
    public static WouldDoWithout? Try(Question question, IReadOnlyList<Demand> core, string family, string version)
    {
        if (question.TryGetDefinition(family, version) is not { } definition)
        {
            return null;
        }
        Demand[] own = [.. core.Where(demand => demand.By == family && Holders.IsMadeBy(definition, demand, question))];
        if (own.Length == 0)
        {
            return null;
        }
        Demand[] rest = [.. core.Except(own)];
        string[] request =
        [
            .. rest.Where(demand => demand.By is null).Select(demand => demand.Requirement),
            Question.Pin(family, version),
        ];
        var world = new RelaxedRepository(question.Repository, rest.ToHashSet());
        return question.Solve(request, world) is null ? null : new WouldDoWithout(own);
    }
}
