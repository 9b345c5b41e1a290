namespace Rer.Insights.Explaining.Findings;

/// <summary>Finds a minimal unsolvable subset of an unsolvable set.</summary>
internal static class MinimalCore
{
    /// <summary>A subset in which every member is needed: without any one of them, it is solvable.</summary>
    /// <param name="all">The whole set, which is unsolvable. Of two minimal subsets, the one with earlier members is
    /// preferred.</param>
    /// <param name="isUnsolvable">The test; null if undecided, which counts as solvable.</param>
    /// <returns>The subset, and whether every member is certainly needed.</returns>
    /// <remarks>
    /// QuickXplain (Junker 2004) finds the subset by halving, with a few tests for each member. It assumes that an
    /// unsolvable set stays unsolvable if something is added. A resolve can violate that, because another demand may
    /// lead the solver past a cycle. So the subset is confirmed member by member, and again after each member that
    /// could be removed.
    /// </remarks>
    public static (IReadOnlyList<T> Core, bool IsMinimal) Of<T>(
        IReadOnlyList<T> all,
        Func<IReadOnlyList<T>, bool?> isUnsolvable
    )
    {
        List<T> core = QuickXplain([], false, all, isUnsolvable);
        if (isUnsolvable(core) != true)
        {
            core = [.. all];
        }
        bool isMinimal = true;
        for (int i = 0; i < core.Count; )
        {
            List<T> rest = [.. core[..i], .. core[(i + 1)..]];
            bool? answer = isUnsolvable(rest);
            if (answer == true)
            {
                (core, isMinimal, i) = (rest, true, 0);
            }
            else
            {
                isMinimal &= answer == false;
                i++;
            }
        }
        return (core, isMinimal);
    }

    private static List<T> QuickXplain<T>(
        List<T> background,
        bool backgroundGrew,
        IReadOnlyList<T> candidates,
        Func<IReadOnlyList<T>, bool?> isUnsolvable
    )
    {
        if (backgroundGrew && isUnsolvable(background) == true)
        {
            return [];
        }
        if (candidates.Count <= 1)
        {
            return [.. candidates];
        }

        List<T> first = [.. candidates.Take(candidates.Count / 2)];
        List<T> second = [.. candidates.Skip(candidates.Count / 2)];
        List<T> ofSecond = QuickXplain([.. background, .. first], true, second, isUnsolvable);
        List<T> ofFirst = QuickXplain([.. background, .. ofSecond], ofSecond.Count > 0, first, isUnsolvable);
        return [.. ofFirst, .. ofSecond];
    }
}
