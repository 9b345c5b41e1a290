using System.Numerics;
using Rer.Compiling;

namespace Rer.Solving;

/// <summary>
/// The end of a solve: no cycle among the resolved packages, and their order: dependencies before dependents, otherwise
/// as requested, otherwise by name. <c>_ResolvePhase.finalise</c>; the order itself is Ordering.
/// </summary>
internal sealed partial class Solver
{
    /// <summary>The resolved scopes by place: as requested, then by name.</summary>
    private int[] _places = [];

    private int _placeCount;

    /// <summary>For each place the places that it requires, and where they begin, with one entry more.</summary>
    private int[] _required = [];
    private int[] _requiredStart = [];

    /// <summary>The ranks of the families that are resolved and not requested, empty between solves.</summary>
    private ulong[] _ranked = [];

    /// <summary>For each rank among these its scope.</summary>
    private int[] _scopeAtRank = [];

    /// <summary>The resolved scopes in their final order, once the solve is solved.</summary>
    private readonly List<int> _final = [];

    /// <summary>Orders the resolved scopes; false if they require each other in a circle.</summary>
    private bool OrderScopes()
    {
        PlaceScopes();
        ListRequired();
        return CloseAndEmit();
    }

    private void PlaceScopes()
    {
        if (_places.Length < _scopeCount)
        {
            _places = new int[_scopeCount * 2];
        }

        _placeCount = 0;
        for (int scope = 0; scope < _request.Count; scope++)
        {
            // The scopes of the request came in first, in its order.
            if (IsResolved(scope))
            {
                Place(scope);
            }
        }

        PlaceByName();
    }

    private void Place(int scope)
    {
        _families[_scopes[scope].FamilyId].Place = _placeCount;
        _places[_placeCount++] = scope;
    }

    /// <summary>
    /// Places those that were not requested. There are as many ranks as families, and a bit for each takes less to go
    /// through than the few that are there to sort.
    /// </summary>
    private void PlaceByName()
    {
        int[] ranks = _repository.GetNameRanks();
        if (_scopeAtRank.Length < ranks.Length)
        {
            _scopeAtRank = new int[ranks.Length];
            _ranked = new ulong[Bits.WordsFor(ranks.Length)];
        }

        for (int scope = _request.Count; scope < _scopeCount; scope++)
        {
            if (IsResolved(scope))
            {
                int rank = ranks[_scopes[scope].FamilyId];
                _scopeAtRank[rank] = scope;
                Bits.Add(_ranked, rank);
            }
        }

        for (int w = 0; w < _ranked.Length; w++)
        {
            for (ulong left = _ranked[w]; left != 0; left &= left - 1)
            {
                Place(_scopeAtRank[w * Bits.WordBits + BitOperations.TrailingZeroCount(left)]);
            }

            _ranked[w] = 0;
        }
    }

    /// <summary>
    /// Finds what each place requires, one place after the other: what follows goes from place to place and should not
    /// have to wait for memory at each.
    /// </summary>
    private void ListRequired()
    {
        if (_requiredStart.Length <= _placeCount)
        {
            _requiredStart = new int[(_placeCount + 1) * 2];
        }

        int top = 0;
        for (int place = 0; place < _placeCount; place++)
        {
            _requiredStart[place] = top;
            ref readonly Scope scope = ref _scopes[_places[place]];
            if (scope.Kind != ScopeKind.Package)
            {
                continue;
            }

            int variant = Bits.First(Slice(_places[place]));
            if (scope.Joined is { } joined)
            {
                AddRequired(joined.Variants[variant].Required, ref top);
                continue;
            }

            RequirementLists lists = scope.Family!.Lists;
            ReadOnlySpan<(int Family, int Row)> extracted = lists.ExtractedOf(scope.Family.ListOf[variant]);
            foreach ((int family, _) in extracted)
            {
                AddRequired([family], ref top);
            }
        }

        _requiredStart[_placeCount] = top;
    }

    private void AddRequired(ReadOnlySpan<int> families, ref int top)
    {
        if (top + families.Length > _required.Length)
        {
            Array.Resize(ref _required, Math.Max(top + families.Length, _required.Length * 2));
        }

        foreach (int family in families)
        {
            _required[top++] = _families[family].Place;
        }
    }

    /// <summary>Whether a scope is part of the resolve: all but conflicts.</summary>
    private bool IsResolved(int scope) =>
        _scopes[scope].Kind switch
        {
            ScopeKind.Package => true,
            ScopeKind.Ephemeral => !_scopes[scope].Requirement!.Conflict,
            _ => false,
        };

    /// <summary>The resolved packages and ephemerals, in order.</summary>
    internal (ResolvedPackage[] Packages, string[] Ephemerals) Resolved()
    {
        if (_solvedPhase is not null)
        {
            return ResolvedStepByStep(_solvedPhase);
        }

        int packages = 0;
        foreach (int scope in _final)
        {
            packages += _scopes[scope].Kind == ScopeKind.Package ? 1 : 0;
        }

        ResolvedPackage[] resolved = new ResolvedPackage[packages];
        string[] ephemerals = packages == _final.Count ? [] : new string[_final.Count - packages];
        int nextPackage = 0;
        int nextEphemeral = 0;
        foreach (int scope in _final)
        {
            if (_scopes[scope].Kind == ScopeKind.Ephemeral)
            {
                ephemerals[nextEphemeral++] = _scopes[scope].Requirement!.ToString();
                continue;
            }

            CompiledFamily family = _scopes[scope].Family!;
            int variant = Bits.First(Slice(scope));
            resolved[nextPackage++] = _scopes[scope].Joined is { } joined
                ? joined.Variants[variant].Resolved
                : family.ResolvedAs(variant);
        }

        return ephemerals.Length > 0 && _ephemeralTextIsOpen
            ? (resolved, ResolvedStepByStep(Replaying.Replay.SolvedPhase(_input)).Ephemerals)
            : (resolved, ephemerals);
    }
}
