using Rer.Versions;

namespace Rer.Cli.Explaining;

/// <summary>What decides between two variants of a package: the first part of rez's sort key in which they differ.</summary>
/// <param name="Order">Positive if the first is preferred, negative if the second is.</param>
/// <param name="Reason">What they differ in.</param>
/// <remarks>
/// Answers to the key of <c>_PackageEntry.sort</c>, with versions in descending order as they are without orderers.
/// </remarks>
internal sealed record VariantPreference(int Order, string Reason)
{
    /// <summary>Compares two variants.</summary>
    /// <param name="request">The requirements of the request.</param>
    /// <param name="first">All requirements of the one.</param>
    /// <param name="second">Those of the other.</param>
    /// <param name="mode">rez's setting.</param>
    public static VariantPreference Between(
        IReadOnlyList<string> request,
        IReadOnlyList<string> first,
        IReadOnlyList<string> second,
        VariantSelectMode mode
    )
    {
        string[] requested = [.. Pulls(request).Select(item => item.Name)];
        Requirement[] left = Pulls(first);
        Requirement[] right = Pulls(second);
        (int Place, Requirement Item)[] sharedLeft = Shared(requested, left);
        (int Place, Requirement Item)[] sharedRight = Shared(requested, right);
        Requirement[] addedLeft = [.. left.Where(item => !requested.Contains(item.Name))];
        Requirement[] addedRight = [.. right.Where(item => !requested.Contains(item.Name))];

        int counts = sharedLeft.Length - sharedRight.Length;
        if (mode == VariantSelectMode.IntersectionPriority && counts != 0)
            return new(counts, $"{sharedLeft.Length} packages of the request against {sharedRight.Length}");
        return ByShared(sharedLeft, sharedRight)
            ?? (
                addedLeft.Length != addedRight.Length
                    ? new(
                        addedRight.Length - addedLeft.Length,
                        $"{addedLeft.Length} packages beside the request against {addedRight.Length}"
                    )
                    : ByAdded(addedLeft, addedRight)
            )
            ?? new(0, "no difference but their place in the list, of which the later goes first");
    }

    /// <summary>By the versions of requested packages, earlier requests first.</summary>
    private static VariantPreference? ByShared(
        (int Place, Requirement Item)[] left,
        (int Place, Requirement Item)[] right
    )
    {
        foreach (((int place, Requirement item), (int otherPlace, Requirement other)) in left.Zip(right))
        {
            if (place != otherPlace)
                return new(otherPlace - place, $"{item} against {other}, which is requested elsewhere");
            if (CompareRanges(item, other) is not 0 and var order)
                return new(order, $"{item} of the requested packages against {other}");
        }
        return left.Length == right.Length
            ? null
            : new(left.Length - right.Length, $"{left.Length} packages of the request against {right.Length}");
    }

    /// <summary>By the versions of the other packages, then by their names.</summary>
    private static VariantPreference? ByAdded(Requirement[] left, Requirement[] right)
    {
        foreach ((Requirement item, Requirement other) in left.Zip(right))
        {
            int order = CompareRanges(item, other);
            if (order == 0)
                order = string.CompareOrdinal(item.Name, other.Name);
            if (order != 0)
                return new(order, $"{item} beside the requested packages against {other}");
        }
        return null;
    }

    private static int CompareRanges(Requirement left, Requirement right) => left.Range!.CompareTo(right.Range);

    private static (int Place, Requirement Item)[] Shared(string[] requested, Requirement[] requirements) =>
        [
            .. requested
                .Select((name, place) => (place, requirements.FirstOrDefault(item => item.Name == name)))
                .Where(pair => pair.Item2 is not null)
                .Select(pair => (pair.place, pair.Item2!)),
        ];

    /// <summary>The requirements merged, of which conflicts do not count.</summary>
    private static Requirement[] Pulls(IReadOnlyList<string> requirements) =>
        RequirementMerge.TryMerge([.. requirements.Select(Requirement.Parse)], out Requirement[]? merged, out _)
            ? [.. merged.Where(requirement => !requirement.Conflict)]
            : [];
}
