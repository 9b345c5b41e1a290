using Rer.Compiling;

namespace Rer.Ordering;

/// <summary>Where families stand in the merged request of a solve.</summary>
internal sealed class RequestPlaces
{
    private readonly List<int> _requested = [];

    /// <summary>For each family number its place, plus one; 0 if it is not requested.</summary>
    private int[] _placeOf = [];

    /// <summary>Begins a solve. A conflict requests nothing.</summary>
    internal void Begin(List<RequestItem> request)
    {
        foreach (int family in _requested)
        {
            _placeOf[family] = 0;
        }

        _requested.Clear();
        for (int place = 0; place < request.Count; place++)
        {
            int family = request[place].Slot.Id;
            if (request[place].Value.Conflict)
            {
                continue;
            }

            if (family >= _placeOf.Length)
            {
                Array.Resize(ref _placeOf, Math.Max(family + 1, _placeOf.Length * 2));
            }

            _placeOf[family] = place + 1;
            _requested.Add(family);
        }
    }

    /// <summary>The place of a family, or -1 if it is not requested.</summary>
    internal int Of(int family) => family < _placeOf.Length ? _placeOf[family] - 1 : -1;
}
