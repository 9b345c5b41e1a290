using System.Collections.Concurrent;

namespace Rer.Native;

/// <summary>
/// What callers hold handles to. Handles are numbers that are never given out twice, so that one that is wrong or was
/// freed is found out instead of followed.
/// </summary>
internal static class HandleTable
{
    private static readonly ConcurrentDictionary<ulong, object> Objects = new();
    private static ulong s_last;

    /// <summary>Gives out a handle.</summary>
    public static ulong Add(object value)
    {
        ulong handle = Interlocked.Increment(ref s_last);
        Objects[handle] = value;
        return handle;
    }

    /// <summary>The object behind a handle.</summary>
    /// <exception cref="NativeCallException">There is none, or it is of another kind.</exception>
    public static T Get<T>(ulong handle)
        where T : class =>
        Objects.TryGetValue(handle, out object? value) && value is T wanted ? wanted : throw Invalid(handle);

    /// <summary>Takes a handle back, and disposes of what can be disposed of.</summary>
    /// <exception cref="NativeCallException">There is no such handle.</exception>
    public static void Remove(ulong handle)
    {
        // A question belongs to the callback it was asked in, which may not end it under our feet.
        if (!Objects.TryGetValue(handle, out object? value) || value is Question || !Objects.TryRemove(handle, out _))
        {
            throw Invalid(handle);
        }

        (value as IDisposable)?.Dispose();
    }

    /// <summary>Takes back the handle of a question that has been answered.</summary>
    public static void End(ulong question) => Objects.TryRemove(question, out _);

    private static NativeCallException Invalid(ulong handle) =>
        new(NativeCode.InvalidHandle, $"no such handle: {handle} (freed, never given out, or of another kind)");
}
