using System.Collections;

namespace Rer.Insights.Explaining.Findings;

/// <summary>A list that compares by its items, so that records that contain lists compare by value.</summary>
internal sealed class EqualList<T>(IEnumerable<T> items) : IReadOnlyList<T>
{
    private readonly T[] _items = [.. items];

    /// <inheritdoc />
    public int Count => _items.Length;

    /// <inheritdoc />
    public T this[int index] => _items[index];

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is EqualList<T> other && _items.SequenceEqual(other._items);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (T item in _items)
        {
            hash.Add(item);
        }
        return hash.ToHashCode();
    }
}
