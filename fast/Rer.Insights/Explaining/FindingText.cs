using Rer.Insights.Text;

namespace Rer.Insights.Explaining;

/// <summary>Puts findings into words.</summary>
internal static class FindingText
{
    /// <summary>What is known about a version or a variant.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="holderOf">Names the holder of a demand that is not a request; null to use the name in the
    /// demand.</param>
    public static string Of(Finding finding, Func<Demand, string>? holderOf = null) =>
        finding switch
        {
            HiddenByRule hidden => $"hidden by the filter rule {hidden.Rule}",
            ExcludedByDemands excluded => "excluded by "
                + string.Join(", ", excluded.Demands.Select(demand => Of(demand, holderOf))),
            Impossible impossible => "impossible: " + impossible.Text,
            WouldResolve => "possible: the request resolves if it asks for this version",
            WouldDoWithout without => "ruled out by requiring "
                + string.Join(", ", without.Demands.Select(demand => demand.Requirement)),
            LaterInOrder later => $"possible, but {NameOf(later.Chosen)} comes first in the order of versions"
                + (later.IsByOrderers ? ", by an orderer" : ""),
            LessPreferred less => "possible, but less preferred" + Of(less),
            NotTogetherWith not => "possible, but not together with "
                + string.Join(", ", not.Packages.Select(package => Names.OfPackage(package.Name, package.Version))),
            PossibleBeside =>
                "possible with all other packages as they are, but the search found another resolve first",
            _ => "undecided",
        };

    private static string Of(Demand demand, Func<Demand, string>? holderOf) =>
        demand.By is { } by
            ? $"{demand.Requirement} (of {holderOf?.Invoke(demand) ?? by})"
            : $"{demand.Requirement} (requested)";

    private static string Of(LessPreferred less) =>
        less.Part switch
        {
            PreferencePart.RequestedCount =>
                $": it requires {less.OfOther} of the requested packages, variant {less.Chosen} requires {less.OfChosen}",
            PreferencePart.RequestedRanges =>
                $": of the requested packages it requires {less.OfOther}, variant {less.Chosen} requires {less.OfChosen}",
            PreferencePart.AddedCount =>
                $": it requires {less.OfOther} packages besides the request, variant {less.Chosen} requires {less.OfChosen}",
            PreferencePart.AddedRanges =>
                $": besides the request it requires {less.OfOther}, variant {less.Chosen} requires {less.OfChosen}",
            PreferencePart.Place => ": their requirements rank the same, and then the later variant comes first",
            _ => $" than variant {less.Chosen}",
        };

    private static string NameOf(string version) => version.Length == 0 ? "(unversioned)" : version;
}
