using System.Runtime.CompilerServices;

namespace Rer;

/// <summary>Makes lists from callers safe to keep.</summary>
internal static class InputList
{
    /// <summary>
    /// Returns a list that the caller cannot change afterwards. Lists and arrays are copied. Any other kind of list is
    /// assumed to be immutable, because copying would load lists that are read lazily.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="name">The caller's name for it.</param>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    /// <exception cref="ArgumentException">A list or array contains null.</exception>
    public static IReadOnlyList<T> Copy<T>(IReadOnlyList<T> list, [CallerMemberName] string name = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(list, name);
        return list is T[] or List<T> ? CopyAlways(list, name) : list;
    }

    /// <summary>Copies a list that must not contain null. Throws the same exceptions as <see cref="Copy"/>.</summary>
    public static T[] CopyAlways<T>(IReadOnlyList<T> list, string name)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(list, name);
        T[] copy = [.. list];
        int missing = Array.IndexOf(copy, null);
        return missing < 0 ? copy : throw new ArgumentException($"{name}[{missing}] is null", name);
    }
}
