using Rer.Insights.Explaining.Worlds;
using Rer.Versions;

namespace Rer.Insights.Explaining.Findings;

/// <summary>
/// Finds out which of two variants of a package an engine takes if only their own requirements can decide.
/// </summary>
/// <remarks>
/// The parts are those of rez's sort key for variants (<c>_PackageVariantList</c>'s order in <c>solver.py</c>). This
/// class does not compute which of them decides. It tries them.
/// </remarks>
internal sealed class VariantContest
{
    private readonly Question _question;
    private readonly IReadOnlyList<string> _request;
    private readonly ResolvedPackage _package;
    private readonly HashSet<string> _requested;
    private readonly Requirement[] _ofChosen;
    private readonly Requirement[] _ofOther;

    /// <summary>Prepares a contest.</summary>
    /// <param name="question">The engine, the packages and the options.</param>
    /// <param name="request">The request.</param>
    /// <param name="package">The package.</param>
    /// <param name="definition">Its definition.</param>
    /// <param name="chosen">The index of the chosen variant.</param>
    /// <param name="other">The index of the other variant.</param>
    public VariantContest(
        Question question,
        IReadOnlyList<string> request,
        ResolvedPackage package,
        PackageDefinition definition,
        int chosen,
        int other
    )
    {
        _question = question;
        _request = request;
        _package = package;
        _requested = [.. Pulls(request).Select(requirement => requirement.Name)];
        IReadOnlyList<string> common = question.Options.Building
            ? [.. definition.Requires, .. definition.BuildRequires]
            : definition.Requires;
        _ofChosen = Pulls([.. common, .. definition.Variants[chosen]]);
        _ofOther = Pulls([.. common, .. definition.Variants[other]]);
    }

    /// <summary>The parts that decide in a mode, the most important first.</summary>
    public static IReadOnlyList<PreferencePart> PartsOf(VariantSelectMode mode) =>
        [
            .. mode == VariantSelectMode.IntersectionPriority ? [PreferencePart.RequestedCount] : (PreferencePart[])[],
            PreferencePart.RequestedRanges,
            PreferencePart.AddedCount,
            PreferencePart.AddedRanges,
        ];

    /// <summary>Leaves a requirement as it is.</summary>
    public static string Whole(Requirement requirement) => requirement.ToString();

    /// <summary>The portion of a requirement that matters in a part; null for nothing.</summary>
    public string? Cut(Requirement requirement, PreferencePart part) =>
        (part, _requested.Contains(requirement.Name)) switch
        {
            (PreferencePart.RequestedCount, true) or (PreferencePart.AddedCount, false) => requirement.Name,
            (PreferencePart.RequestedRanges, true) or (PreferencePart.AddedRanges, false) => requirement.ToString(),
            _ => null,
        };

    /// <summary>The values of the two variants in a part, in words.</summary>
    public (string OfChosen, string OfOther) Describe(PreferencePart part)
    {
        string[] chosen = [.. _ofChosen.Select(requirement => Cut(requirement, part)).OfType<string>()];
        string[] other = [.. _ofOther.Select(requirement => Cut(requirement, part)).OfType<string>()];
        if (part is PreferencePart.RequestedCount or PreferencePart.AddedCount)
        {
            return ($"{chosen.Length}", $"{other.Length}");
        }
        return (Listing(chosen.Except(other)), Listing(other.Except(chosen)));
    }

    /// <summary>
    /// Holds the contest twice, with the variants swapped the second time, so that position does not decide.
    /// </summary>
    /// <param name="cut">Returns what is left of each requirement; null for nothing.</param>
    public ContestWinner Winner(Func<Requirement, string?> cut)
    {
        string[] chosen = [.. _ofChosen.Select(cut).OfType<string>()];
        string[] other = [.. _ofOther.Select(cut).OfType<string>()];
        return (First(chosen, other), First(other, chosen)) switch
        {
            (0, 1) => ContestWinner.Chosen,
            (1, 0) => ContestWinner.Other,
            (null, _) or (_, null) => ContestWinner.Unknown,
            _ => ContestWinner.Neither,
        };
    }

    /// <summary>
    /// The position of the variant that is taken. The package is requested first, so that it is decided before any
    /// other.
    /// </summary>
    private int? First(string[] first, string[] second) =>
        _question
            .Solve(
                [Question.Pin(_package.Name, _package.Version), .. _request],
                new TwoVariantsRepository(_question, _package, [first, second])
            )
            ?.Packages.First(package => package.Name == _package.Name)
            .VariantIndex;

    private static string Listing(IEnumerable<string> requirements) =>
        string.Join(" and ", requirements) is { Length: > 0 } text ? text : "none";

    /// <summary>The requirements, merged and without conflicts.</summary>
    private static Requirement[] Pulls(IReadOnlyList<string> requirements) =>
        RequirementMerge.TryMerge([.. requirements.Select(Requirement.Parse)], out Requirement[] merged, out _)
            ? [.. merged.Where(requirement => !requirement.Conflict)]
            : [];
}

/// <summary>The outcome of a contest between two variants.</summary>
internal enum ContestWinner
{
    /// <summary>The chosen variant is taken in either position.</summary>
    Chosen,

    /// <summary>The other variant is taken in either position.</summary>
    Other,

    /// <summary>Only the position decides.</summary>
    Neither,

    /// <summary>The contest has no resolve, or could not be held.</summary>
    Unknown,
}
