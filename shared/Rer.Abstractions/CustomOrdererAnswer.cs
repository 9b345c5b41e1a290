using System.Collections.Immutable;

namespace Rer;

/// <summary>Calls a caller-supplied orderer and checks its answers.</summary>
internal static class CustomOrdererAnswer
{
    /// <summary>Gets an order of versions and checks it.</summary>
    /// <returns>The positions of all versions, the most preferred first.</returns>
    /// <exception cref="CustomOrdererException">The orderer fails or contradicts itself.</exception>
    public static int[] Of(IPackageOrderer orderer, string family, IReadOnlyList<string> versions) =>
        PositionsOf(orderer, family, versions, Ask(orderer, family, versions));

    /// <summary>Gets an order of versions without checking it.</summary>
    /// <returns>A <c>string[]</c>, a <see cref="List{T}"/> or an <see cref="ImmutableArray{T}"/>.</returns>
    /// <exception cref="CustomOrdererException">The orderer fails.</exception>
    public static IReadOnlyList<string> Ask(IPackageOrderer orderer, string family, IReadOnlyList<string> versions)
    {
        IReadOnlyList<string>? answer;
        try
        {
            answer = orderer.Order(family, versions);
            if (answer is not (null or string[] or List<string> or ImmutableArray<string>))
            {
                answer = [.. answer]; // the caller's own list type may fail while it is read
            }
        }
        catch (Exception e)
        {
            throw Error(orderer, family, e.Message, e);
        }

        return answer is null or ImmutableArray<string> { IsDefault: true }
            ? throw Error(orderer, family, "it returned null")
            : answer;
    }

    /// <summary>Checks an order of versions.</summary>
    /// <returns>The positions of all versions, the most preferred first. Versions that the answer leaves out come
    /// last.</returns>
    /// <exception cref="CustomOrdererException">The order contradicts itself.</exception>
    public static int[] PositionsOf(
        IPackageOrderer orderer,
        string family,
        IReadOnlyList<string> versions,
        IReadOnlyList<string> answer
    )
    {
        Dictionary<string, int> known = new(versions.Count, StringComparer.Ordinal);
        for (int i = 0; i < versions.Count; i++)
        {
            known.TryAdd(versions[i], i);
        }

        int[] order = new int[versions.Count];
        bool[] placed = new bool[versions.Count];
        int next = 0;
        foreach (string version in answer)
        {
            if (version is null || !known.TryGetValue(version, out int position))
            {
                throw Error(orderer, family, $"it returned '{version}', which is not a version of the family");
            }

            if (placed[position])
            {
                throw Error(orderer, family, $"it returned version '{version}' twice");
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

    /// <summary>Gets the orders of several families at once, without checking them.</summary>
    /// <exception cref="CustomOrdererException">The orderer fails.</exception>
    public static int[] Ask(
        IBatchOrderer orderer,
        IReadOnlyList<string> families,
        IReadOnlyList<IReadOnlyList<string>> listings
    )
    {
        try
        {
            return orderer.OrderPositions(families, listings);
        }
        catch (Exception e)
        {
            throw new CustomOrdererException($"package orderer '{orderer.Name}' failed: {e.Message}", e);
        }
    }

    /// <summary>Checks an order given as positions: each position must occur exactly once.</summary>
    /// <exception cref="CustomOrdererException">The order contradicts itself.</exception>
    public static int[] Check(IBatchOrderer orderer, string family, ReadOnlySpan<int> positions)
    {
        bool[] placed = new bool[positions.Length];
        foreach (int position in positions)
        {
            if ((uint)position >= (uint)placed.Length || placed[position])
            {
                throw Error(
                    orderer,
                    family,
                    $"it returned position {position}, which is out of range or repeated, of {placed.Length}"
                );
            }

            placed[position] = true;
        }

        return positions.ToArray();
    }

    /// <summary>Lets the orderer compare two ranges, and checks the result.</summary>
    /// <exception cref="CustomOrdererException">The orderer fails or contradicts itself.</exception>
    public static int Compare(
        IPackageOrderer orderer,
        string family,
        string range,
        string otherFamily,
        string otherRange
    )
    {
        int order = Compare(family, range, otherFamily, otherRange);
        if (orderer is IBatchOrderer { ComparesConsistently: true })
        {
            return order;
        }

        int reverse = Compare(otherFamily, otherRange, family, range);
        return order == -reverse
            ? order
            : throw Error(
                orderer,
                family,
                $"it contradicts itself on '{family}-{range}' and '{otherFamily}-{otherRange}': swapping the two does "
                    + "not reverse the result"
            );

        int Compare(string familyA, string a, string familyB, string b)
        {
            try
            {
                return Math.Sign(orderer.CompareRanges(familyA, a, familyB, b));
            }
            catch (Exception e)
            {
                throw Error(orderer, familyA, e.Message, e);
            }
        }
    }

    private static CustomOrdererException Error(
        IPackageOrderer orderer,
        string family,
        string what,
        Exception? cause = null
    ) => new($"package orderer '{orderer.Name}' failed on family '{family}': {what}", cause);
}

/// <summary>A caller-supplied orderer failed, which ends the solve with an error.</summary>
internal sealed class CustomOrdererException(string message, Exception? cause) : Exception(message, cause);
