using Rer.Insights.Explaining.Findings;

namespace Rer.Insights;

/// <summary>The variant is possible, but the chosen one is preferred for what it requires.</summary>
/// <remarks>
/// Tried: the request resolves with the variant; and where the package has only these two variants and nothing else requires anything, the chosen one is taken,
/// and again where the two differ in nothing but what <see cref="Part"/> names.
/// </remarks>
public sealed record LessPreferred : Finding
{
    private LessPreferred(int chosen, PreferencePart part, string ofChosen, string ofOther)
    {
        Chosen = chosen;
        Part = part;
        OfChosen = ofChosen;
        OfOther = ofOther;
    }

    /// <summary>The index of the variant that was chosen.</summary>
    public int Chosen { get; }

    /// <summary>What decides.</summary>
    public PreferencePart Part { get; }

    /// <summary>What the chosen variant has there: a number of packages, or requirements.</summary>
    public string OfChosen { get; }

    /// <summary>What the other variant has there.</summary>
    public string OfOther { get; }

    /// <summary>Tries a variant against the one that was chosen.</summary>
    /// <param name="question">The engine, the packages and the options.</param>
    /// <param name="request">The request.</param>
    /// <param name="package">The chosen variant.</param>
    /// <param name="other">The index of the other.</param>
    /// <param name="world">The packages, of the package only the other variant.</param>
    public static LessPreferred? Try(
        Question question,
        IReadOnlyList<string> request,
        ResolvedPackage package,
        int other,
        IPackageRepository world
    )
    {
        if (question.Solve([.. request, Question.Pin(package.Name, package.Version)], world) is null)
            return null;
        if (question.TryGetDefinition(package.Name, package.Version) is not { } definition)
            return null;
        int chosen = package.VariantIndex!.Value;
        var contest = new VariantContest(question, request, package, definition, chosen, other);
        switch (contest.Winner(VariantContest.Whole))
        {
            case ContestWinner.Neither when chosen > other:
                return new LessPreferred(chosen, PreferencePart.Place, $"{chosen}", $"{other}");
            case not ContestWinner.Chosen:
                return null;
        }
        foreach (PreferencePart part in VariantContest.PartsOf(question.Options.VariantSelectMode))
        {
            (string ofChosen, string ofOther) = contest.Describe(part);
            if (ofChosen == ofOther)
                continue;
            ContestWinner winner = contest.Winner(requirement => contest.Cut(requirement, part));
            if (winner == ContestWinner.Chosen)
                return new LessPreferred(chosen, part, ofChosen, ofOther);
            if (winner != ContestWinner.Neither)
                break;
        }
        return new LessPreferred(chosen, PreferencePart.Whole, "", "");
    }
}

/// <summary>The parts of rez's sort key for variants, in the order in which they decide.</summary>
public enum PreferencePart
{
    /// <summary>How many of the requested packages a variant requires (<c>intersection_priority</c> alone).</summary>
    RequestedCount,

    /// <summary>What it requires of the requested packages.</summary>
    RequestedRanges,

    /// <summary>How many packages it requires beside them.</summary>
    AddedCount,

    /// <summary>What it requires of those.</summary>
    AddedRanges,

    /// <summary>Its place in the list: of variants that are equal otherwise, the later goes first.</summary>
    Place,

    /// <summary>All together; no single part could be told.</summary>
    Whole,
}
