using Rer.Compiling;

namespace Rer.Replaying;

/// <summary>
/// Finds packages that require each other in a cycle. If there are several cycles, the order of a Python set decides
/// which one rez finds. This finds the first in a depth-first search, in the order of the scopes. Corresponds to
/// <c>find_cycle</c>.
/// </summary>
internal static class CycleFinder
{
    /// <summary>A cycle, in which each scope requires the next; null if there is none.</summary>
    internal static IReadOnlyList<ReplayScope>? Find(IReadOnlyList<ReplayScope> scopes)
    {
        Dictionary<string, PlaceId> places = [];
        for (int i = 0; i < scopes.Count; i++)
        {
            places.Add(scopes[i].Name, new PlaceId(i));
        }

        bool[] seen = new bool[scopes.Count];
        bool[] onPath = new bool[scopes.Count];
        List<(PlaceId Place, int Next)> path = [];
        for (int start = 0; start < scopes.Count; start++)
        {
            if (seen[start])
            {
                continue;
            }

            Enter(new PlaceId(start));
            while (path.Count > 0)
            {
                (PlaceId place, int next) = path[^1];
                ReadOnlySpan<CompiledRequirement> requirements = scopes[place.Number].SolvedRequirements;
                if (next == requirements.Length)
                {
                    onPath[place.Number] = false;
                    path.RemoveAt(path.Count - 1);
                    continue;
                }

                path[^1] = (place, next + 1);
                if (requirements[next].Value.Conflict)
                {
                    continue;
                }

                PlaceId required = places[requirements[next].Slot.Name];
                if (onPath[required.Number])
                {
                    int from = path.FindIndex(step => step.Place == required);
                    return [.. path.Skip(from).Select(step => scopes[step.Place.Number])];
                }

                if (!seen[required.Number])
                {
                    Enter(required);
                }
            }
        }

        return null;

        void Enter(PlaceId place)
        {
            seen[place.Number] = true;
            onPath[place.Number] = true;
            path.Add((place, 0));
        }
    }
}
