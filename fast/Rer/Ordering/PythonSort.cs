namespace Rer.Ordering;

/// <summary>
/// Python's algorithm for sorting a short list. It matters if keys are not consistently ordered: <c>a</c> before
/// <c>b</c>, <c>b</c> before <c>c</c>, and <c>c</c> before <c>a</c>. rez's keys may be like that where orderers of
/// different kinds meet.
/// </summary>
/// <remarks>
/// CPython 3.13 takes the ascending or descending run at the start of a list, and inserts the rest into it by binary
/// search. From 64 items on it merges runs. Packages with so many variants are sorted as if they had fewer.
/// </remarks>
internal static class PythonSort
{
    /// <summary>A sorted copy, the greatest first, as <c>sorted(items, reverse=True)</c> gives it.</summary>
    /// <param name="items">The items.</param>
    /// <param name="less">Whether one is less than another.</param>
    internal static T[] Descending<T>(IReadOnlyList<T> items, Func<T, T, bool> less)
    {
        // Python reverses, sorts in ascending order, and reverses again, so that equal items keep their order.
        T[] sorted = [.. items];
        Array.Reverse(sorted);
        for (int i = CountRun(sorted, less); i < sorted.Length; i++)
        {
            Insert(sorted, i, less);
        }

        Array.Reverse(sorted);
        return sorted;
    }

    /// <summary>Makes the start of a list ascend, and returns its length.</summary>
    private static int CountRun<T>(T[] items, Func<T, T, bool> less)
    {
        if (items.Length <= 1)
        {
            return items.Length;
        }

        int end = Ascend(items, 1, less);
        if (end == items.Length || (end > 1 && less(items[0], items[end - 1])))
        {
            return end;
        }

        // All equal so far, and then less: a descending run, which is reversed. Its equal items are reversed twice.
        Array.Reverse(items, 0, end);
        int equals = 0;
        for (end++; end < items.Length; end++)
        {
            if (less(items[end], items[end - 1]))
            {
                Array.Reverse(items, end - 1 - equals, equals == 0 ? 0 : equals + 1);
                equals = 0;
            }
            else if (less(items[end - 1], items[end]))
            {
                break;
            }
            else
            {
                equals++;
            }
        }

        Array.Reverse(items, end - 1 - equals, equals == 0 ? 0 : equals + 1);
        Array.Reverse(items, 0, end);
        return Ascend(items, end, less);
    }

    private static int Ascend<T>(T[] items, int from, Func<T, T, bool> less)
    {
        int end = from;
        while (end < items.Length && !less(items[end], items[end - 1]))
        {
            end++;
        }

        return end;
    }

    private static void Insert<T>(T[] items, int at, Func<T, T, bool> less)
    {
        T item = items[at];
        int low = 0;
        int high = at;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (less(item, items[middle]))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        Array.Copy(items, low, items, low + 1, at - low);
        items[low] = item;
    }
}
