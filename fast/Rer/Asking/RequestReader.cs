using Rer.Compiling;
using Rer.Versions;

namespace Rer.Asking;

/// <summary>
/// Reads a request. Corresponds to <c>RequirementList(package_requests)</c> in <c>Solver.__init__</c>.
/// </summary>
/// <remarks>
/// Technique: known requirements. A text that a package or an earlier request also has is not parsed again, and already
/// has its row. PERF: KnownRequirements, steady ×1.18 on the 188 and ×1.04 on the studio book, first
/// pass ×1.14 and ×2.12.
/// </remarks>
internal static class RequestReader
{
    /// <summary>Parses and merges a request.</summary>
    /// <param name="input">The request, and the repository in which requirements are looked up.</param>
    /// <param name="lookUp">Whether requirements that packages also have are taken from there.</param>
    /// <param name="items">Receives the merged requirements, in order. If there is a contradiction, receives those
    /// before merging.</param>
    /// <param name="families">Receives the numbers of the families.</param>
    /// <returns>The two that contradict each other; null if none do.</returns>
    /// <exception cref="InputSyntaxException">A requirement cannot be parsed.</exception>
    internal static RequirementConflict? Merge(
        SolveInput input,
        bool lookUp,
        List<RequestItem> items,
        HashSet<FamilyId> families
    )
    {
        items.Clear();
        families.Clear();
        foreach (string text in input.Request)
        {
            RequestItem item = Read(input.Catalogue, text, lookUp);
            items.Add(item);
            families.Add(item.Slot.Id);
        }

        if (families.Count == items.Count)
        {
            return null;
        }

        if (
            !RequirementMerge.TryMerge(
                [.. items.Select(item => item.Value)],
                out Requirement[] merged,
                out RequirementConflict? conflict
            )
        )
        {
            return conflict;
        }

        // Each family keeps the position where it was first named. Those named once are known already.
        families.Clear();
        int count = 0;
        for (int i = 0; i < items.Count; i++)
        {
            RequestItem item = items[i];
            if (families.Add(item.Slot.Id))
            {
                Requirement requirement = merged[count];
                items[count++] = ReferenceEquals(requirement, item.Value)
                    ? item
                    : new RequestItem(item.Slot, requirement, null);
            }
        }

        items.RemoveRange(count, items.Count - count);
        return null;
    }

    private static RequestItem Read(Catalogue catalogue, string text, bool lookUp)
    {
        if (lookUp && catalogue.Requests.Find(text) is { } known)
        {
            ThrowIfNameless(known.Slot, known.Value, text);
            return known;
        }

        Requirement requirement;
        try
        {
            requirement = Requirement.Parse(text);
        }
        catch (VersionSyntaxException e)
        {
            throw new InputSyntaxException($"request: requirement '{text}': {e.Message}");
        }

        FamilySlot slot = catalogue.Slots.Get(requirement.Name);
        ThrowIfNameless(slot, requirement, text);
        return lookUp ? catalogue.Requests.Remember(text, slot, requirement) : new RequestItem(slot, requirement, null);
    }

    private static void ThrowIfNameless(FamilySlot family, Requirement requirement, string text)
    {
        if (PackageName.Complaint(family, requirement) is { } complaint)
        {
            throw new InputSyntaxException($"request: requirement '{text}': {complaint}");
        }
    }
}
