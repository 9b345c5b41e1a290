namespace Rer.Compiling;

/// <summary>The requirement lists of a family's variants, each in the two orders that solves need.</summary>
internal sealed class RequirementLists
{
    /// <summary>For each list, its position in <see cref="Merged"/>, with one extra entry.</summary>
    internal required int[] MergedStart { get; init; }

    /// <summary>The requirements in rez's order, <c>requires_list.requirements</c>.</summary>
    internal required CompiledRequirement[] Merged { get; init; }

    /// <summary>For each list, its position in <see cref="Extracted"/>, with one extra entry.</summary>
    internal required int[] ExtractedStart { get; init; }

    /// <summary>All requirements except conflicts, by name of the family: what a single variant extracts.</summary>
    internal required (FamilyId Family, RowId Row)[] Extracted { get; init; }

    /// <summary>Whether a list has a conflict requirement.</summary>
    internal required bool[] HasConflicts { get; init; }

    /// <summary>The lists of requirements that are in order by name of the family, given by their numbers.</summary>
    internal static RequirementLists Of(CompiledRequirement[] requirements, int[][] numbersOf)
    {
        int[] mergedStart = new int[numbersOf.Length + 1];
        int[] extractedStart = new int[numbersOf.Length + 1];
        bool[] hasConflicts = new bool[numbersOf.Length];
        for (int list = 0; list < numbersOf.Length; list++)
        {
            mergedStart[list + 1] = checked(mergedStart[list] + numbersOf[list].Length);
        }

        CompiledRequirement[] merged = new CompiledRequirement[mergedStart[^1]];
        List<(FamilyId, RowId)> extracted = new(merged.Length);
        int[] ordered = [];
        for (int list = 0; list < numbersOf.Length; list++)
        {
            int[] numbers = numbersOf[list];
            if (ordered.Length < numbers.Length)
            {
                ordered = new int[numbers.Length * 2];
            }

            for (int i = 0; i < numbers.Length; i++)
            {
                merged[mergedStart[list] + i] = requirements[numbers[i]];
                ordered[i] = numbers[i];
            }

            ordered.AsSpan(0, numbers.Length).Sort();
            foreach (int number in ordered.AsSpan(0, numbers.Length))
            {
                if (requirements[number].IsConflict)
                {
                    hasConflicts[list] = true;
                }
                else
                {
                    extracted.Add((requirements[number].Slot.Id, requirements[number].Row));
                }
            }

            extractedStart[list + 1] = extracted.Count;
        }

        return new RequirementLists
        {
            MergedStart = mergedStart,
            Merged = merged,
            ExtractedStart = extractedStart,
            Extracted = [.. extracted],
            HasConflicts = hasConflicts,
        };
    }

    /// <summary>A list in rez's order.</summary>
    internal ReadOnlySpan<CompiledRequirement> MergedOf(int list) =>
        Merged.AsSpan(MergedStart[list], MergedStart[list + 1] - MergedStart[list]);

    /// <summary>What a list extracts.</summary>
    internal ReadOnlySpan<(FamilyId Family, RowId Row)> ExtractedOf(int list) =>
        Extracted.AsSpan(ExtractedStart[list], ExtractedStart[list + 1] - ExtractedStart[list]);
}
