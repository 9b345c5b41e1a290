namespace System.Linq;

/// <summary>The numbering of a sequence, where the runtime has none: before .NET 9.</summary>
internal static class NumberedItems
{
    /// <summary>Each item with its place, from 0.</summary>
    public static IEnumerable<(int Index, T Item)> Index<T>(this IEnumerable<T> items) =>
        items.Select((item, index) => (index, item));
}
