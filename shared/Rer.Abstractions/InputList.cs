using System.Runtime.CompilerServices;

namespace Rer;

/// <summary>Lists that callers give, made safe to keep.</summary>
internal static class InputList
{
    /// <summary>
    /// A list that the caller cannot change afterwards: lists and arrays are copied; lists of any other kind are taken
    /// to be immutable, since copying would load those that are read lazily.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <exception cref="ArgumentNullException">There is no list.</exception>
    /// <exception cref="ArgumentException">A list or array has an element that is null.</exception>
    public static IReadOnlyList<T> Copy<T>(IReadOnlyList<T> list, [CallerMemberName] string name = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(list, name);
        return list is T[] or List<T> ? CopyAlways(list, name) : list;
    }

    /// <summary>A copy of a list without null in it. Errors are those of <see cref="Copy"/>.</summary>
    public static T[] CopyAlways<T>(IReadOnlyList<T> list, string name)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(list, name);
        T[] copy = [.. list];
        int missing = Array.IndexOf(copy, null);
        return missing < 0 ? copy : throw new ArgumentException($"{name}[{missing}] is null", name);
    }
}
