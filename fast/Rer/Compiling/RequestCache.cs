using System.Collections.Concurrent;
using Rer.Versions;

namespace Rer.Compiling;

/// <summary>The requirements of earlier requests, each with its own row. Safe for concurrent callers.</summary>
/// <param name="slots">The names, and the requirements of packages.</param>
internal sealed class RequestCache(SlotTable slots)
{
    // Requests are unlimited, but memory is not.
    private const int Limit = 16_384;

    private readonly ConcurrentDictionary<string, RequestItem> _requests = new();
    private int _count;

    /// <summary>A requirement that a package or an earlier request also has; null if there is none.</summary>
    internal RequestItem? Find(string text)
    {
        if (_requests.TryGetValue(text, out RequestItem? request))
        {
            return request.Row.IsNone && request.Slot.Family is not null ? AddRow(text, request) : request;
        }

        return slots.FindRequirement(text) is { } required
            ? Remember(text, new RequestItem(required.Slot, required.Value, required))
            : null;
    }

    /// <summary>Stores a requirement of a request. Above a limit, nothing is added.</summary>
    internal RequestItem Remember(string text, FamilySlot slot, Requirement requirement)
    {
        bool hasRow = _count < Limit && slot.Family is not null;
        return Remember(text, new RequestItem(slot, requirement, hasRow ? slot.Intern(requirement) : null));
    }

    private RequestItem Remember(string text, RequestItem item)
    {
        if (_count < Limit && _requests.TryAdd(text, item))
        {
            Interlocked.Increment(ref _count);
        }

        return item;
    }

    /// <summary>Gives a requirement a row that was first requested before its family was compiled.</summary>
    private RequestItem AddRow(string text, RequestItem request)
    {
        RequestItem withRow = new(request.Slot, request.Value, request.Slot.Intern(request.Value));
        _requests[text] = withRow;
        return withRow;
    }
}
