using System.Globalization;

namespace Rer.Books;

/// <summary>Collects differences. A field that is null was not recorded, and is not compared.</summary>
internal sealed class DifferenceList
{
    /// <summary>For longer lists, only the first difference is shown.</summary>
    private const int MaxShownItems = 12;

    private readonly List<Difference> _differences = [];

    /// <summary>The differences so far.</summary>
    public IReadOnlyList<Difference> All => _differences;

    /// <summary>Compares two values.</summary>
    public void Values<T>(string field, T? expected, T? got)
    {
        if (expected is not null && !expected.Equals(got))
        {
            _differences.Add(new Difference(field, Show(expected), Show(got)));
        }
    }

    /// <summary>Compares two lists item by item, in order.</summary>
    public void Lists(string field, IEnumerable<string>? expected, IEnumerable<string>? got)
    {
        if (expected is not null && !expected.SequenceEqual(got ?? []))
        {
            _differences.Add(ListDifference(field, [.. expected], [.. got ?? []]));
        }
    }

    /// <summary>Compares two lists regardless of order: shows what is missing, and what is superfluous.</summary>
    public void Bags<T>(string field, IEnumerable<T>? expected, IEnumerable<T>? got)
    {
        if (expected is null)
        {
            return;
        }
        List<T> missing = [.. expected];
        List<T> extra = [.. (got ?? []).Where(item => !missing.Remove(item))];
        if (missing.Count + extra.Count > 0)
        {
            _differences.Add(new Difference(field, Join(missing), Join(extra)));
        }
    }

    private static Difference ListDifference(string field, string[] expected, string[] got)
    {
        if (Math.Max(expected.Length, got.Length) <= MaxShownItems)
        {
            return new Difference(field, Join(expected), Join(got));
        }

        int first = 0;
        while (first < expected.Length && first < got.Length && expected[first] == got[first])
        {
            first++;
        }
        return new Difference(field, Item(expected), Item(got));

        string Item(string[] items) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(first < items.Length ? items[first] : "nothing")} (item {first} of {items.Length})"
            );
    }

    private static string Join<T>(IReadOnlyCollection<T> items) =>
        items.Count == 0 ? "nothing" : string.Join(", ", items);

    private static string Show<T>(T? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "nothing";
}
