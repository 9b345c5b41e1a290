using Rer.Compiling;
using Rer.Solving.Steps;

namespace Rer.Tests.Solving;

/// <summary>The final order of a resolve, compared with rez's algorithm on lists and plain sets.</summary>
public class DependencyClosureTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(300)]
    public void The_order_is_that_of_rez(int places)
    {
        Random random = new(places);
        DependencyClosure closure = new();
        for (int i = 0; i < 40; i++)
        {
            // Some draws have cycles, since a place may require any other.
            bool mayHaveCycles = random.Next(3) == 0;
            int[] rank = [.. Enumerable.Range(0, places)];
            random.Shuffle(rank);
            int[][] required =
            [
                .. Enumerable
                    .Range(0, places)
                    .Select(place =>
                        Enumerable
                            .Range(0, random.Next(4))
                            .Select(_ => random.Next(places))
                            .Where(other => mayHaveCycles || rank[other] < rank[place])
                            .Distinct()
                            .ToArray()
                    ),
            ];
            HashSet<int>[] all = [.. Enumerable.Range(0, places).Select(place => AllRequiredBy(place, required))];

            OrderOf(closure, required, random)
                .ShouldBe(
                    Enumerable.Range(0, places).Any(place => all[place].Contains(place)) ? null : NaiveOrder(all)
                );
        }
    }

    /// <summary>The order; null if there is a cycle. Families are numbered differently from places.</summary>
    private static int[]? OrderOf(DependencyClosure closure, int[][] required, Random random)
    {
        int places = required.Length;
        int[] families = [.. Enumerable.Range(0, places * 2)];
        random.Shuffle(families);
        PlaceId[] placeOf = new PlaceId[families.Length];
        for (int place = 0; place < places; place++)
        {
            placeOf[families[place]] = new PlaceId(place);
        }

        closure.Begin(places);
        foreach (int[] others in required)
        {
            closure.AddPlace(Array.ConvertAll(others, other => new FamilyId(families[other])), placeOf);
        }

        int[] order = [.. Enumerable.Range(0, places)];
        random.Shuffle(order);
        if (!Array.TrueForAll(order, place => closure.Close(new PlaceId(place))))
        {
            return null;
        }

        ScopeId[] emitted = new ScopeId[places];
        closure.Emit([.. Enumerable.Range(0, places).Select(place => new ScopeId(1000 + place))], emitted);
        return Array.ConvertAll(emitted, scope => scope.Number - 1000);
    }

    private static HashSet<int> AllRequiredBy(int place, int[][] required)
    {
        HashSet<int> all = [];
        Stack<int> left = new(required[place]);
        while (left.TryPop(out int next))
        {
            if (all.Add(next))
            {
                Array.ForEach(required[next], left.Push);
            }
        }

        return all;
    }

    /// <summary>
    /// <c>_get_dependency_order</c>: the first listed place that the head requires moves to the front, until the head
    /// requires none that is left.
    /// </summary>
    private static int[] NaiveOrder(HashSet<int>[] all)
    {
        List<int> left = [.. Enumerable.Range(0, all.Length)];
        List<int> order = [];
        while (left.Count > 0)
        {
            int first = left.FindIndex(all[left[0]].Contains);
            int moved = left[Math.Max(first, 0)];
            left.Remove(moved);
            if (first < 0)
            {
                order.Add(moved);
            }
            else
            {
                left.Insert(0, moved);
            }
        }

        return [.. order];
    }
}
