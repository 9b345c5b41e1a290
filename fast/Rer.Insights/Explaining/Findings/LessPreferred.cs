using Rer.Insights.Explaining.Findings;

namespace Rer.Insights;

/// <summary>The variant is possible, but the chosen one is preferred because of what it requires.</summary>
/// <remarks>
/// This was tried: the request resolves with the variant. If the package has only these two variants and no other
/// package requires anything, the engine takes the chosen one. It also does so if the two differ only in
/// <see cref="Part"/>.
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

    /// <summary>The part that decides.</summary>
    public PreferencePart Part { get; }

    /// <summary>The value of the chosen variant in that part: a number of packages, or requirements.</summary>
    public string OfChosen { get; }

    /// <summary>The value of the other variant in that part.</summary>
    public string OfOther { get; }

    /// <summary>Compares a variant with the chosen one.</summary>
    /// <param name="question">The engine, the packages and the options.</param>
    /// <param name="request">The request.</param>
    /// <param name="package">The chosen variant.</param>
    /// <param name="other">The index of the other variant.</param>
    /// <param name="world">The packages, in which the package has only the other variant.</param>
    public static LessPreferred? Try(
        Question question,
        IReadOnlyList<string> request,
        ResolvedPackage package,
        int other,
        IPackageRepository world
    )
    {
        if (question.Solve([.. request, Question.Pin(package.Name, package.Version)], world) is null)
        {
            return null;
        }
        if (question.TryGetDefinition(package.Name, package.Version) is not { } definition)
        {
            return null;
        }
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
            {
                continue;
            }
            ContestWinner winner = contest.Winner(requirement => contest.Cut(requirement, part));
            if (winner == ContestWinner.Chosen)
            {
                return new LessPreferred(chosen, part, ofChosen, ofOther);
            }
            if (winner != ContestWinner.Neither)
            {
                break;
            }
        }
        return new LessPreferred(chosen, PreferencePart.Whole, "", "");
    }
}

/// <summary>The parts of rez's sort key for variants, in the order in which they decide.</summary>
public enum PreferencePart
{
    /// <summary>How many of the requested packages a variant requires (only in <c>intersection_priority</c>).</summary>
    RequestedCount,

    /// <summary>Which ranges it requires of the requested packages.</summary>
    RequestedRanges,

    /// <summary>How many other packages it requires.</summary>
    AddedCount,

    /// <summary>Which ranges it requires of the other packages.</summary>
    AddedRanges,

    /// <summary>Its position in the list. If variants are equal otherwise, the later one goes first.</summary>
    Place,

    /// <summary>All parts together, because no single part decides.</summary>
    Whole,
}
