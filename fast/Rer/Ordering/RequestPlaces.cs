using Rer.Compiling;

namespace Rer.Ordering;

/// <summary>The positions of families in the merged request of a solve.</summary>
internal sealed class RequestPlaces
{
    private readonly List<FamilyId> _requested = [];

    /// <summary>For each family number its position plus one; 0 if it is not requested.</summary>
    private int[] _placeOf = [];

    /// <summary>Begins a solve. A conflict does not request a family.</summary>
    internal void Begin(List<RequestItem> request)
    {
        foreach (FamilyId family in _requested)
        {
            _placeOf[family.Number] = 0;
        }

        _requested.Clear();
        for (int place = 0; place < request.Count; place++)
        {
            FamilyId family = request[place].Slot.Id;
            if (request[place].Value.Conflict)
            {
                continue;
            }

            if (family.Number >= _placeOf.Length)
            {
                Array.Resize(ref _placeOf, Math.Max(family.Number + 1, _placeOf.Length * 2));
            }

            _placeOf[family.Number] = place + 1;
            _requested.Add(family);
        }
    }

    /// <summary>The position of a family, if it is requested.</summary>
    internal PlaceId Of(FamilyId family) =>
        family.Number < _placeOf.Length ? new PlaceId(_placeOf[family.Number] - 1) : PlaceId.None;
}
