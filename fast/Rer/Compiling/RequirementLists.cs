namespace Rer.Compiling;

/// <summary>
/// The requirement lists of a family's variants. What a solve needs of them is created on first use, because a solve needs
/// the lists of few variants. Safe for concurrent callers. If two create the same, either may be kept.
/// </summary>
/// <param name="requirements">The family's requirements by number, in the order of the names of the required families.</param>
/// <param name="lists">The lists.</param>
internal sealed class RequirementLists(CompiledRequirement[] requirements, NumberedLists lists)
{
    private readonly FamilyId[]?[] _families = new FamilyId[]?[lists.Count];
    private CompiledRequirement[]? _merged;

    /// <summary>The lists of a family without variants.</summary>
    internal static RequirementLists None { get; } = new([], new NumberedLists([0], []));

    /// <summary>The number of lists.</summary>
    internal int Count => lists.Count;

    /// <summary>The requirements of all lists.</summary>
    internal ReadOnlySpan<CompiledRequirement> Merged =>
        _merged ??= Array.ConvertAll(lists.Numbers, number => requirements[number]);

    /// <summary>A list in rez's order, <c>requires_list.requirements</c>.</summary>
    internal ReadOnlySpan<CompiledRequirement> MergedOf(int list) => Merged[lists.Starts[list]..lists.Starts[list + 1]];

    /// <summary>The families that a list requires, without those of conflicts, by name.</summary>
    internal FamilyId[] FamiliesOf(int list) => _families[list] ??= FindFamilies(list);

    private FamilyId[] FindFamilies(int list)
    {
        int[] numbers = lists[list].ToArray();
        Array.Sort(numbers);
        List<FamilyId> families = new(numbers.Length);
        foreach (int number in numbers)
        {
            if (!requirements[number].IsConflict)
            {
                families.Add(requirements[number].Slot.Id);
            }
        }

        return [.. families];
    }
}
