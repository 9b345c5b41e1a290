using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

/// <summary>A dictionary that keeps the order of what was added, where the runtime has none: before .NET 9. It has what is used
/// here, and nothing is taken out of it.</summary>
internal sealed class OrderedDictionary<TKey, TValue> : IReadOnlyDictionary<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, int> _places = [];
    private readonly List<KeyValuePair<TKey, TValue>> _items = [];

    public int Count => _items.Count;
    public IEnumerable<TKey> Keys => _items.Select(item => item.Key);
    public IEnumerable<TValue> Values => _items.Select(item => item.Value);

    public TValue this[TKey key]
    {
        get => _items[_places[key]].Value;
        set
        {
            if (!TryAdd(key, value))
                _items[_places[key]] = new(key, value);
        }
    }

    public bool TryAdd(TKey key, TValue value)
    {
        if (!_places.TryAdd(key, _items.Count))
            return false;
        _items.Add(new(key, value));
        return true;
    }

    public bool ContainsKey(TKey key) => _places.ContainsKey(key);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        bool isThere = _places.TryGetValue(key, out int place);
        value = isThere ? _items[place].Value : default;
        return isThere;
    }

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
