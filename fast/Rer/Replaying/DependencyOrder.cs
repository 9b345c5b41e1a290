using Rer.Compiling;
using Rer.Versions;

namespace Rer.Replaying;

/// <summary>
/// The final order of a resolve: dependencies before dependents, then in the order of the request, then by name.
/// Corresponds to <c>_get_dependency_order</c>.
/// </summary>
internal static class DependencyOrder
{
    /// <summary>Orders scopes that are solved and have no cycle.</summary>
    internal static IReadOnlyList<ReplayScope> Of(List<ReplayScope> scopes, List<RequestItem> request)
    {
        Dictionary<string, ReplayScope> byName = scopes.ToDictionary(scope => scope.Name);
        IEnumerable<string> requested = request.Select(item => item.Slot.Name).Where(byName.ContainsKey);
        List<string> listed = [.. requested.Union(byName.Keys.Order(CodePointOrder.Instance))];
        Dictionary<string, HashSet<string>> closures = [];
        HashSet<string> emitted = [];
        List<ReplayScope> ordered = [];
        Stack<string> path = new();
        foreach (string head in listed)
        {
            // Whatever the head depends on is pulled forward, the first listed first, until nothing is left to pull.
            path.Push(head);
            while (path.TryPeek(out string? name))
            {
                HashSet<string> required = Closure(name, byName, closures);
                string? next = emitted.Contains(name)
                    ? null
                    : listed.Find(other => required.Contains(other) && !emitted.Contains(other));
                if (next is not null)
                {
                    path.Push(next);
                    continue;
                }

                path.Pop();
                if (emitted.Add(name))
                {
                    ordered.Add(byName[name]);
                }
            }
        }

        return ordered;
    }

    /// <summary>Everything that a scope depends on, directly or indirectly.</summary>
    private static HashSet<string> Closure(
        string from,
        Dictionary<string, ReplayScope> byName,
        Dictionary<string, HashSet<string>> closures
    )
    {
        if (closures.TryGetValue(from, out HashSet<string>? known))
        {
            return known;
        }

        HashSet<string> closure = [];
        Stack<string> toVisit = new([from]);
        while (toVisit.TryPop(out string? name))
        {
            foreach (CompiledRequirement requirement in byName[name].SolvedRequirements)
            {
                if (!requirement.Value.Conflict && closure.Add(requirement.Slot.Name))
                {
                    toVisit.Push(requirement.Slot.Name);
                }
            }
        }

        closures.Add(from, closure);
        return closure;
    }
}
