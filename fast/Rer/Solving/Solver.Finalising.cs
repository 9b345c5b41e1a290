using System.Numerics;
using System.Runtime.Intrinsics;
using Rer.Compiling;

namespace Rer.Solving;

/// <summary>
/// The end of a solve: no cycle among the resolved packages, and their order: dependencies before dependents, otherwise
/// as requested, otherwise by name. <c>_ResolvePhase.finalise</c> and <c>_get_dependency_order</c>.
/// </summary>
/// <remarks>
/// Technique: closure as bits. rez takes the head of a list and pulls forward the first listed among all that it
/// depends on, however indirectly, until the head depends on nothing left. With the packages numbered in the order of
/// the list and the dependencies of each as a set of these numbers, "the first listed" is the lowest bit.
/// </remarks>
internal sealed partial class Solver
{
    /// <summary>The resolved scopes by place: as requested, then by name.</summary>
    private int[] _places = [];

    private int _placeCount;

    /// <summary>For each place itself and the places that it depends on, however indirectly.</summary>
    private ulong[] _closure = [];
    private byte[] _visits = [];

    /// <summary>For each place the places that it requires, and where they begin, with one entry more.</summary>
    private int[] _required = [];
    private int[] _requiredStart = [];

    /// <summary>For each place on the path the next of those that it requires to look at.</summary>
    private int[] _nextRequired = [];

    /// <summary>The ranks of the families that are resolved and not requested, empty between solves.</summary>
    private ulong[] _ranked = [];

    /// <summary>For each rank among these its scope.</summary>
    private int[] _scopeAtRank = [];
    private ulong[] _emitted = [];
    private readonly List<int> _path = [];

    /// <summary>The resolved scopes in their final order, once the solve is solved.</summary>
    private readonly List<int> _final = [];

    /// <summary>Orders the resolved scopes; false if they require each other in a circle.</summary>
    private bool OrderScopes()
    {
        PlaceScopes();
        ListRequired();
        // Whole vectors for each place.
        int words = (Bits.WordsFor(_placeCount) + Vector256<ulong>.Count - 1) & -Vector256<ulong>.Count;
        Span<ulong> closure = Cleared(ref _closure, _placeCount * words);
        if (_visits.Length < _placeCount)
        {
            _visits = new byte[_placeCount];
            _nextRequired = new int[_placeCount];
        }

        Array.Clear(_visits, 0, _placeCount);
        for (int place = 0; place < _placeCount; place++)
        {
            if (_visits[place] == 0 && !Close(place, closure, words))
            {
                return false;
            }
        }

        EmitInOrder(closure, words);
        return true;
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

    /// <summary>
    /// Closes over the dependencies of a place, without recursion: a chain may be as long as there are packages.
    /// False on a cycle.
    /// </summary>
    private bool Close(int from, Span<ulong> closure, int words)
    {
        const byte OnPath = 1;
        const byte Closed = 2;
        _path.Clear();
        Enter(from);
        while (_path.Count > 0)
        {
            int place = _path[^1];
            int next = _nextRequired[place];
            int end = _requiredStart[place + 1];
            for (; next < end; next++)
            {
                int required = _required[next];
                byte visit = _visits[required];
                if (visit == OnPath)
                {
                    // Seen on the way down: a circle. Seen on the way back up it would be closed.
                    return false;
                }

                if (visit == 0)
                {
                    Enter(required);
                    break;
                }

                Unite(ref closure[place * words], ref closure[required * words], words);
            }

            // The one entered is looked at again once it is closed.
            _nextRequired[place] = next;
            if (next == end)
            {
                Bits.Add(closure.Slice(place * words, words), place);
                _visits[place] = Closed;
                _path.RemoveAt(_path.Count - 1);
            }
        }

        return true;

        void Enter(int place)
        {
            _visits[place] = OnPath;
            _nextRequired[place] = _requiredStart[place];
            _path.Add(place);
        }
    }

    /// <summary>Adds the places of a closed one. Vector by vector, without asking whether they are known already: most
    /// are, and to guess wrong takes longer than to add them once more.</summary>
    private static void Unite(ref ulong into, ref ulong other, int words)
    {
        for (int i = 0; i < words; i += Vector256<ulong>.Count)
        {
            Vector256<ulong> both = Vector256.LoadUnsafe(ref into, (nuint)i) | Vector256.LoadUnsafe(ref other, (nuint)i);
            both.StoreUnsafe(ref into, (nuint)i);
        }
    }

    private void EmitInOrder(ReadOnlySpan<ulong> closure, int words)
    {
        _final.Clear();
        Span<ulong> emitted = Cleared(ref _emitted, words);
        for (int head = 0; head < _placeCount; head++)
        {
            if (Bits.Contains(emitted, head))
            {
                continue;
            }

            // Marked when the path comes to it, since it is in its own closure and nothing on the path is in that of the
            // places behind it.
            Bits.Add(emitted, head);
            _path.Clear();
            _path.Add(head);
            while (_path.Count > 0)
            {
                int place = _path[^1];
                int next = FirstOutside(closure.Slice(place * words, words), emitted);
                if (next >= 0)
                {
                    Bits.Add(emitted, next);
                    _path.Add(next);
                    continue;
                }

                _final.Add(_places[place]);
                _path.RemoveAt(_path.Count - 1);
            }
        }
    }

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

        return (resolved, ephemerals);
    }
}
