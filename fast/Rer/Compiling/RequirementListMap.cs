namespace Rer.Compiling;

/// <summary>
/// What belongs to each of some lists of requirements. Most families have few that differ: these are looked through,
/// the latest first, and hashed only once they are many.
/// </summary>
internal sealed class RequirementListMap<T>
{
    private const int SearchLimit = 8;

    private CompiledRequirement[][] _lists = new CompiledRequirement[2][];
    private T[] _values = new T[2];
    private int _count;
    private Dictionary<CompiledRequirement[], T>? _hashed;

    /// <summary>Finds what belongs to a list.</summary>
    internal bool TryFind(ReadOnlySpan<CompiledRequirement> list, out T value)
    {
        if (_hashed is not null)
        {
            return _hashed.GetAlternateLookup<ReadOnlySpan<CompiledRequirement>>().TryGetValue(list, out value!);
        }

        for (int i = _count - 1; i >= 0; i--)
        {
            if (list.SequenceEqual(_lists[i]))
            {
                value = _values[i];
                return true;
            }
        }

        value = default!;
        return false;
    }

    /// <summary>Adds a list that is not there yet.</summary>
    internal void Add(CompiledRequirement[] list, T value)
    {
        if (_hashed is null && _count == SearchLimit)
        {
            _hashed = new(RequirementSequenceComparer.Instance);
            for (int i = 0; i < _count; i++)
            {
                _hashed.Add(_lists[i], _values[i]);
            }
        }

        if (_hashed is not null)
        {
            _hashed.Add(list, value);
            return;
        }

        if (_count == _lists.Length)
        {
            Array.Resize(ref _lists, _count * 2);
            Array.Resize(ref _values, _count * 2);
        }

        (_lists[_count], _values[_count]) = (list, value);
        _count++;
    }
}
