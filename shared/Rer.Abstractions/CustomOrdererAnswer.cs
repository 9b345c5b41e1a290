namespace Rer;

/// <summary>What an orderer of a caller's own answers, checked.</summary>
internal static class CustomOrdererAnswer
{
    /// <summary>Asks for an order of versions.</summary>
    /// <returns>The positions of all versions, the most preferred first.</returns>
    /// <exception cref="CustomOrdererException">It fails, or contradicts itself.</exception>
    public static int[] Of(IPackageOrderer orderer, string family, IReadOnlyList<string> versions)
    {
        IReadOnlyList<int> answer = orderer is IPositionOrderer positions
            ? Ask(orderer, family, () => positions.OrderPositions(family, versions))
            : PositionsOf(orderer, family, versions);
        int[] order = new int[versions.Count];
        bool[] placed = new bool[versions.Count];
        int next = 0;
        foreach (int position in answer)
        {
            if ((uint)position >= (uint)placed.Length)
            {
                throw Error(orderer, family, $"it returned position {position} of {placed.Length}");
            }

            if (placed[position])
            {
                throw Error(orderer, family, $"it returned version '{versions[position]}' twice");
            }

            placed[position] = true;
            order[next++] = position;
        }

        for (int i = 0; i < placed.Length; i++)
        {
            if (!placed[i])
            {
                order[next++] = i;
            }
        }

        return order;
    }

    private static int[] PositionsOf(IPackageOrderer orderer, string family, IReadOnlyList<string> versions)
    {
        IReadOnlyList<string> answer =
            Ask(orderer, family, () => orderer.Order(family, versions))
            ?? throw Error(orderer, family, "it returned null");
        Dictionary<string, int> known = new(versions.Count, StringComparer.Ordinal);
        for (int i = 0; i < versions.Count; i++)
        {
            known.TryAdd(versions[i], i);
        }

        int[] positions = new int[answer.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] =
                answer[i] is { } version && known.TryGetValue(version, out int position)
                    ? position
                    : throw Error(
                        orderer,
                        family,
                        $"it returned '{answer[i]}', which is none of the family's versions"
                    );
        }

        return positions;
    }

    /// <summary>Asks which of two ranges is preferred.</summary>
    /// <exception cref="CustomOrdererException">It fails, or contradicts itself.</exception>
    public static int Compare(
        IPackageOrderer orderer,
        string family,
        string range,
        string otherFamily,
        string otherRange
    )
    {
        int order = Ask(
            orderer,
            family,
            () => Math.Sign(orderer.CompareRanges(family, range, otherFamily, otherRange))
        );
        int reverse = Ask(
            orderer,
            otherFamily,
            () => Math.Sign(orderer.CompareRanges(otherFamily, otherRange, family, range))
        );
        return order == -reverse
            ? order
            : throw Error(
                orderer,
                family,
                $"it contradicts itself on '{family}-{range}' and '{otherFamily}-{otherRange}': compared the other way "
                    + "round they do not come out the other way round"
            );
    }

    private static T Ask<T>(IPackageOrderer orderer, string family, Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception e)
        {
            throw Error(orderer, family, e.Message, e);
        }
    }

    private static CustomOrdererException Error(
        IPackageOrderer orderer,
        string family,
        string what,
        Exception? cause = null
    ) => new($"package orderer '{orderer.Name}' failed on family '{family}': {what}", cause);
}

/// <summary>An orderer of a caller's own failed: an error of the solve.</summary>
internal sealed class CustomOrdererException(string message, Exception? cause) : Exception(message, cause);
