using System.Globalization;

namespace Rer.Insights.Impacts;

/// <summary>Words for the effect of a change that several reports share.</summary>
internal static class ImpactWords
{
    private const int Shown = 4;

    /// <summary>The rank of a kind among the others. The most important comes first.</summary>
    public static int Rank(ImpactKind kind) =>
        kind switch
        {
            ImpactKind.NewlyFailing => 0,
            ImpactKind.Undecided => 1,
            ImpactKind.NewlySolving => 2,
            ImpactKind.Changed => 3,
            _ => 4,
        };

    /// <summary>The effect of a change on a request, as reports write it.</summary>
    public static string OfKind(ImpactKind kind) =>
        kind switch
        {
            ImpactKind.Changed => "changed",
            ImpactKind.NewlyFailing => "newly-failing",
            ImpactKind.NewlySolving => "newly-solving",
            ImpactKind.Undecided => "undecided",
            _ => "unchanged",
        };

    /// <summary>The effect of a change on a request, in one line.</summary>
    public static string Summary(RequestImpact impact, ImpactReport report) =>
        impact.Kind switch
        {
            ImpactKind.NewlyFailing => FirstLine(impact.FailureDescription) + CoreOf(impact, report),
            ImpactKind.NewlySolving => $"resolves to {Listing(Packages(impact.After))}",
            ImpactKind.Undecided => "too hard to decide",
            ImpactKind.Changed when impact.Packages.Count == 0 => "other ephemerals",
            ImpactKind.Changed => Listing([.. impact.Packages.Select(change => Of(change.Difference))]),
            _ => "",
        };

    /// <summary>A package that changes.</summary>
    public static string Of(PackageDifference difference) => $"{Side(difference.Before)} -> {Side(difference.After)}";

    /// <summary>A package of a resolve; <c>nothing</c> for none.</summary>
    public static string Side(ResolvedPackage? package) => package?.ToString() ?? "nothing";

    /// <summary>A requirement of a core, and where it comes from.</summary>
    public static string Of(Demand demand) =>
        demand.By is null ? $"{demand.Requirement} (requested)" : $"{demand.Requirement} (required by {demand.By})";

    /// <summary>The start of a list.</summary>
    public static string Listing(IReadOnlyList<string> texts) =>
        string.Join(", ", texts.Take(Shown))
        + (texts.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $" and {texts.Count - Shown} more") : "");

    private static string FirstLine(string? text) => (text ?? "").Split('\n')[0];

    private static string CoreOf(RequestImpact impact, ImpactReport report) =>
        report.Failures.TryGetValue(impact.FailureDescription ?? "", out IReadOnlyList<Demand>? core)
            ? $" ({string.Join("; ", core.Select(Of))})"
            : "";

    private static string[] Packages(ResolveResult result) =>
        [.. ((result as SolvedResult)?.Packages ?? []).Select(package => package.ToString())];
}
