namespace System.Linq;

/// <summary>Numbers the items of a sequence, for runtimes before .NET 9, which have no method for it.</summary>
internal static class NumberedItems
{
    /// <summary>Each item with its index, from 0.</summary>
    public static IEnumerable<(int Index, T Item)> Index<T>(this IEnumerable<T> items) =>
        items.Select((item, index) => (index, item));
}
