using System.Collections.Concurrent;

namespace Rer.Native;

/// <summary>
/// The objects that callers hold handles to. A handle is a number that is never reused, so an invalid or freed handle
/// is detected and never followed.
/// </summary>
internal static class HandleTable
{
    private static readonly ConcurrentDictionary<ulong, object> s_objects = new();
    private static ulong s_last;

    /// <summary>Creates a handle for an object.</summary>
    public static ulong Add(object value)
    {
        ulong handle = Interlocked.Increment(ref s_last);
        s_objects[handle] = value;
        return handle;
    }

    /// <summary>The object behind a handle.</summary>
    /// <exception cref="NativeCallException">There is no such handle, or the object is of another kind.</exception>
    public static T Get<T>(ulong handle)
        where T : class =>
        s_objects.TryGetValue(handle, out object? value) && value is T wanted ? wanted : throw Invalid(handle);

    /// <summary>The token of a cancellation. For 0, a token that is never cancelled.</summary>
    /// <exception cref="NativeCallException">There is no such handle, or the object is of another kind.</exception>
    public static CancellationToken TokenOf(ulong cancellation) =>
        cancellation == 0 ? default : Get<CancellationTokenSource>(cancellation).Token;

    /// <summary>Releases a handle, and disposes of the object if possible.</summary>
    /// <exception cref="NativeCallException">There is no such handle.</exception>
    public static void Remove(ulong handle)
    {
        // A question belongs to the callback that asks it. The callback must not free it while it is in use.
        if (
            !s_objects.TryGetValue(handle, out object? value)
            || value is Question
            || !s_objects.TryRemove(handle, out _)
        )
        {
            throw Invalid(handle);
        }

        (value as IDisposable)?.Dispose();
    }

    /// <summary>Releases the handle of a question that has been answered.</summary>
    public static void End(ulong question) => s_objects.TryRemove(question, out _);

    private static NativeCallException Invalid(ulong handle) =>
        new(NativeCode.InvalidHandle, $"no such handle: {handle} (freed, never given out, or of another kind)");
}
