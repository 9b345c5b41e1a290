using Rer.Compiling;
using Rer.Versions;

namespace Rer.Asking;

/// <summary>
/// Reads requests. Corresponds to <c>RequirementList(package_requests)</c> in <c>Solver.__init__</c>.
/// </summary>
/// <remarks>
/// Technique: known requirements. A text that a package or an earlier request also has is not parsed again, and already
/// has its row. PERF: KnownRequirements, steady ×1.21 on the 188 and ×1.06 on the studio book, first
/// pass ×1.14 and ×2.12.
/// </remarks>
/// <param name="catalogue">The repository in which requirements are looked up.</param>
/// <param name="lookUp">Whether requirements that packages or earlier requests also have are taken from there.</param>
internal sealed class RequestReader(Catalogue catalogue, bool lookUp)
{
    private readonly List<RequestItem> _items = [];
    private ulong[] _families = new ulong[1];

    /// <summary>The merged requirements of the latest request, in order. If there is a contradiction, those before
    /// merging.</summary>
    internal List<RequestItem> Items => _items;

    /// <summary>Parses and merges a request.</summary>
    /// <returns>The two requirements that contradict each other; null if none do.</returns>
    /// <exception cref="InputSyntaxException">A requirement cannot be parsed.</exception>
    internal RequirementConflict? Read(IReadOnlyList<string> request)
    {
        _items.Clear();
        foreach (string text in request)
        {
            _items.Add(Read(text));
        }

        return NamesAFamilyTwice() ? Merge() : null;
    }

    private bool NamesAFamilyTwice()
    {
        Span<ulong> families = NoFamilies();
        foreach (RequestItem item in _items)
        {
            if (!Bits.TryAdd(families, item.Family.Number))
            {
                return true;
            }
        }

        return false;
    }

    private Span<ulong> NoFamilies() => Bits.Cleared(ref _families, Bits.WordsFor(catalogue.Slots.Count));

    private RequirementConflict? Merge()
    {
        if (
            !RequirementMerge.TryMerge(
                [.. _items.Select(item => item.Value)],
                out Requirement[] merged,
                out RequirementConflict? conflict
            )
        )
        {
            return conflict;
        }

        // Each family keeps the position where it was first named. Those named once are known already.
        Span<ulong> families = NoFamilies();
        int count = 0;
        for (int i = 0; i < _items.Count; i++)
        {
            RequestItem item = _items[i];
            if (Bits.TryAdd(families, item.Family.Number))
            {
                Requirement requirement = merged[count];
                _items[count++] = ReferenceEquals(requirement, item.Value)
                    ? item
                    : new RequestItem(item.Slot, requirement, null);
            }
        }

        _items.RemoveRange(count, _items.Count - count);
        return null;
    }

    private RequestItem Read(string text)
    {
        RequestItem item = (lookUp ? catalogue.Requests.Find(text) : null) ?? Parse(text);
        return item.Complaint is { } complaint
            ? throw new InputSyntaxException($"request: requirement '{text}': {complaint}")
            : item;
    }

    private RequestItem Parse(string text)
    {
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
        return lookUp ? catalogue.Requests.Remember(text, slot, requirement) : new RequestItem(slot, requirement, null);
    }
}
