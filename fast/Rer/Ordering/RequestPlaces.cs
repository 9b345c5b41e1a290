using Rer.Compiling;

namespace Rer.Ordering;

/// <summary>The positions of families in the merged request of a solve.</summary>
internal sealed class RequestPlaces
{
    private readonly List<FamilyId> _requested = [];

    /// <summary>The position of each family by its number.</summary>
    private PlaceId[] _placeOf = [];

    /// <summary>Begins a solve. A conflict does not request a family.</summary>
    internal void Begin(List<RequestItem> request)
    {
        foreach (FamilyId family in _requested)
        {
            _placeOf[family.Number] = PlaceId.None;
        }

        _requested.Clear();
        for (int i = 0; i < request.Count; i++)
        {
            if (request[i].IsConflict)
            {
                continue;
            }

            FamilyId family = request[i].Family;
            int known = _placeOf.Length;
            if (family.Number >= known)
            {
                Array.Resize(ref _placeOf, Math.Max(family.Number + 1, known * 2));
                _placeOf.AsSpan(known).Fill(PlaceId.None);
            }

            _placeOf[family.Number] = new PlaceId(i);
            _requested.Add(family);
        }
    }

    /// <summary>The position of a family, if it is requested.</summary>
    internal PlaceId Of(FamilyId family) => family.Number < _placeOf.Length ? _placeOf[family.Number] : PlaceId.None;
}
