namespace Rer.Compiling;

/// <summary>
/// A map from lists of requirements. Most families have few different lists. These are searched linearly, the latest
/// first, and hashed only once there are many.
/// </summary>
internal sealed class RequirementListMap<T>
{
    private const int SearchLimit = 8;

    private readonly List<(CompiledRequirement[] List, T Value)> _few = [];
    private Dictionary<CompiledRequirement[], T>? _hashed;

    /// <summary>Finds the value of a list.</summary>
    internal bool TryFind(ReadOnlySpan<CompiledRequirement> list, out T value)
    {
        if (_hashed is not null)
        {
#if NET9_0_OR_GREATER
            return _hashed.GetAlternateLookup<ReadOnlySpan<CompiledRequirement>>().TryGetValue(list, out value!);
#else
            return _hashed.TryGetValue(list.ToArray(), out value!);
#endif
        }

        for (int i = _few.Count - 1; i >= 0; i--)
        {
            if (list.SequenceEqual(_few[i].List))
            {
                value = _few[i].Value;
                return true;
            }
        }

        value = default!;
        return false;
    }

    /// <summary>Adds a list that is not in the map yet.</summary>
    internal void Add(CompiledRequirement[] list, T value)
    {
        if (_hashed is null && _few.Count < SearchLimit)
        {
            _few.Add((list, value));
            return;
        }

        _hashed ??= _few.ToDictionary(few => few.List, few => few.Value, RequirementSequenceComparer.Instance);
        _hashed.Add(list, value);
    }
}
