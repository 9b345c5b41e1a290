using System.Runtime.CompilerServices;
using Rer.Compiling;
using Rer.Solving.State;

namespace Rer.Solving.Steps;

/// <summary>
/// The end of a solve: checks that the resolved packages have no cycle, and orders them. Dependencies come before
/// dependents, then packages in the order of the request, then by name. Corresponds to <c>_ResolvePhase.finalise</c>;
/// <see cref="DependencyClosure"/> computes the order itself.
/// </summary>
/// <param name="state">The state of the solve.</param>
/// <param name="slots">The names.</param>
internal sealed class Finaliser(SolveState state, SlotTable slots)
{
    private readonly DependencyClosure _closure = new();

    /// <summary>The resolved scopes by place: in the order of the request, then by name.</summary>
    private ScopeId[] _places = [];

    private int _placeCount;

    /// <summary>The place of each family number. Only those of resolved families are valid.</summary>
    private PlaceId[] _placeOf = [];

    /// <summary>The ranks of the resolved families that were not requested. Empty between solves.</summary>
    private ulong[] _ranked = [];

    /// <summary>The scope of each of these ranks.</summary>
    private ScopeId[] _scopeAtRank = [];

    /// <summary>The resolved scopes in their final order, once the solve has succeeded.</summary>
    private ScopeId[] _final = [];

    /// <summary>Orders the resolved scopes; false if they require each other in a cycle.</summary>
    /// <param name="requested">The number of scopes that belong to the request.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool Order(int requested)
    {
        PlaceScopes(requested);
        ListRequired();
        for (int latest = state.Count - 1; latest >= 0; latest--)
        {
            ScopeId scope = new(latest);
            // As a rule, what a scope requires was added after it, and is closed before it.
            if (IsResolved(scope) && !_closure.Close(_placeOf[state[scope].FamilyId.Number]))
            {
                return false;
            }
        }

        _closure.Emit(_places, _final);
        return true;
    }

    private void PlaceScopes(int requested)
    {
        if (_places.Length < state.Count)
        {
            _places = new ScopeId[state.Count * 2];
            _final = new ScopeId[_places.Length];
        }

        if (_placeOf.Length < slots.Count)
        {
            _placeOf = new PlaceId[slots.Count];
        }

        _placeCount = 0;
        ScopeId end = new(requested);
        for (ScopeId scope = default; scope < end; scope++)
        {
            // The scopes of the request were added first, in its order.
            if (IsResolved(scope))
            {
                Place(scope);
            }
        }

        PlaceByName(end);
    }

    private void Place(ScopeId scope)
    {
        _placeOf[state[scope].FamilyId.Number] = new PlaceId(_placeCount);
        _places[_placeCount++] = scope;
    }

    /// <summary>
    /// Places the scopes that were not requested. There are as many ranks as families. Going through one bit for each
    /// takes less time than sorting the few that are there.
    /// </summary>
    private void PlaceByName(ScopeId firstNotRequested)
    {
        NameRanks ranks = slots.GetNameRanks();
        if (_scopeAtRank.Length < ranks.Count)
        {
            _scopeAtRank = new ScopeId[ranks.Count];
            _ranked = new ulong[Bits.WordsFor(ranks.Count)];
        }

        for (ScopeId scope = firstNotRequested; scope < state.End; scope++)
        {
            if (IsResolved(scope))
            {
                int rank = ranks[state[scope].FamilyId];
                _scopeAtRank[rank] = scope;
                Bits.Add(_ranked, rank);
            }
        }

        for (int w = 0; w < _ranked.Length; w++)
        {
            for (ulong left = _ranked[w]; left != 0; left &= left - 1)
            {
                Place(_scopeAtRank[w * Bits.WordBits + Bits.LowestIndex(left)]);
            }

            _ranked[w] = 0;
        }
    }

    /// <summary>
    /// Finds what each place requires, one place after another. The next step goes from place to place, and should not
    /// have to wait for memory at each.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ListRequired()
    {
        _closure.Begin(_placeCount);
        for (int i = 0; i < _placeCount; i++)
        {
            _closure.AddPlace(RequiredBy(_places[i]), _placeOf);
        }
    }

    /// <summary>The families that the variant of a resolved scope requires.</summary>
    private ReadOnlySpan<FamilyId> RequiredBy(ScopeId scope)
    {
        ref readonly Scope resolved = ref state[scope];
        if (resolved.Kind != ScopeKind.Package)
        {
            return [];
        }

        VariantId variant = VariantOf(scope);
        if (resolved.Joined is { } joined)
        {
            return joined[variant].Required;
        }

        return resolved.Family!.Lists.FamiliesOf(resolved.Family.ListOf(variant));
    }

    /// <summary>
    /// Whether a scope is part of the resolve. An ephemeral always is, because <c>!.foo</c> is not a valid name.
    /// </summary>
    private bool IsResolved(ScopeId scope) => state[scope].Kind != ScopeKind.Conflict;

    /// <summary>The only variant left in a package scope.</summary>
    private VariantId VariantOf(ScopeId scope) => new(Bits.First(state.Slice(scope)));

    /// <summary>The resolved packages and ephemerals, in order.</summary>
    internal (ResolvedPackage[] Packages, string[] Ephemerals) Resolved()
    {
        ReadOnlySpan<ScopeId> final = _final.AsSpan(0, _placeCount);
        int packages = 0;
        foreach (ScopeId scope in final)
        {
            packages += state[scope].Kind == ScopeKind.Package ? 1 : 0;
        }

        ResolvedPackage[] resolved = new ResolvedPackage[packages];
        string[] ephemerals = packages == final.Length ? [] : new string[final.Length - packages];
        int nextPackage = 0;
        int nextEphemeral = 0;
        foreach (ScopeId scope in final)
        {
            if (state[scope].Kind == ScopeKind.Ephemeral)
            {
                ephemerals[nextEphemeral++] = state[scope].Requirement!.ToString();
                continue;
            }

            CompiledFamily family = state[scope].Family!;
            VariantId variant = VariantOf(scope);
            resolved[nextPackage++] = state[scope].Joined is { } joined
                ? joined[variant].Resolved
                : family.ResolvedAs(variant);
        }

        return (resolved, ephemerals);
    }
}
