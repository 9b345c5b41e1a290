using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving;

/// <summary>
/// The state of a solve: its scopes, in the order in which they came in, and what it takes to go back. A slice is a
/// stretch of <see cref="_slices"/>; scopes, their slices and their links are added and removed as on a stack.
/// </summary>
internal sealed partial class Solver
{
    private readonly Trail _trail = new();

    /// <summary>What a scope was before it changed its kind or its requirement; such changes are rare.</summary>
    private readonly List<(int Scope, ScopeKind Kind, Requirement? Requirement, int Slice)> _rareTrail = [];

    private int _scopeCount;
    private Scope[] _scopes = [];

    private ulong[] _slices = new ulong[DebugSizes.Shrink(1024)];
    private int _slicesTop;

    /// <summary>What the solve knows of each family, by number.</summary>
    private FamilyState[] _families = [];

    /// <summary>For each family number the compilation that the solve uses; null if none was asked for.</summary>
    private CompiledFamily?[] _known = [];

    /// <summary>Scopes to extract from: those that changed since they were extracted from.</summary>
    private ulong[] _toExtract = new ulong[1];

    /// <summary>Scopes to reduce others against: those that changed since others were.</summary>
    private int[] _changed = [];
    private int _changedCount;

    /// <summary>Scopes to reduce against all others: those that are new, or wider than before.</summary>
    private readonly List<int> _added = [];

    /// <summary>No scope before this one can be split.</summary>
    private int _firstUnsolved;
    private ulong[] _versionScratch = new ulong[1];

    private bool HasReductions => _changedCount > 0 || _added.Count > 0;

    private Span<ulong> Slice(int scope) => _slices.AsSpan(_scopes[scope].Slice, _scopes[scope].Words);

    /// <summary>Forgets the last solve. Costs as much as that one had scopes.</summary>
    private void ResetScopes()
    {
        for (int scope = 0; scope < _scopeCount; scope++)
        {
            int family = _scopes[scope].FamilyId;
            if (_families[family].Edition != 0)
            {
                _families[family].Edition = 0;
                _known[family] = null; // more of it may be loaded by now
            }

            Forget(family);
            _scopes[scope].Family = null;
            _scopes[scope].Joined = null;
            _scopes[scope].Requirement = null;
        }

        ClearPending();
        ClearLinks();
        _trail.Clear();
        _rareTrail.Clear();
        _scopeCount = 0;
        _slicesTop = 0;
        _markCount = 0;
        _halvesTop = 0;
        _firstUnsolved = 0;
        _ephemeralTextIsOpen = false;
        GrowFamilies();
    }

    /// <summary>The scope of a family is gone.</summary>
    private void Forget(int family)
    {
        _families[family].Scope = -1;
        _families[family].Slice = -1;
    }

    private void GrowFamilies()
    {
        int count = _repository.SlotCount;
        int old = _families.Length;
        if (count <= old)
        {
            return;
        }

        int size = Math.Max(count, old * 2);
        Array.Resize(ref _families, size);
        Array.Resize(ref _known, size);
        _families.AsSpan(old).Fill(FamilyState.Unmet);
    }

    /// <summary>The compilation of a family that this solve uses.</summary>
    private CompiledFamily Family(int id)
    {
        if (id >= _families.Length)
        {
            GrowFamilies();
        }

        return _known[id] ??= _repository.GetFamily(_repository.Slot(id));
    }

    /// <summary>The scope of a family, or -1.</summary>
    private int ScopeOf(int family)
    {
        if (family >= _families.Length)
        {
            GrowFamilies();
        }

        return _families[family].Scope;
    }

    /// <summary>What the solve knows of a family.</summary>
    private ref readonly FamilyState StateOf(int family)
    {
        if (family >= _families.Length)
        {
            GrowFamilies();
        }

        return ref _families[family];
    }

    /// <summary>Scopes for the merged request; false if one of its families or versions does not exist.</summary>
    private bool AddRequestedScopes()
    {
        ReadAheadForRequest();
        foreach (RequestItem item in _request)
        {
            int id = item.Slot.Id;
            if (ScopeOf(id) >= 0)
            {
                throw new InvalidOperationException($"the merged request names {item.Slot.Name} twice");
            }

            if (item.Slot.IsEphemeral || item.Value.Conflict)
            {
                int scope = AddScope(id, item.Slot.IsEphemeral ? ScopeKind.Ephemeral : ScopeKind.Conflict);
                _scopes[scope].Requirement = item.Value;
                MarkChanged(scope);
            }
            else if (!AddRequestedPackage(item))
            {
                return false;
            }
        }

        return true;
    }

    private bool AddRequestedPackage(RequestItem item)
    {
        CompiledFamily family = Family(item.Slot.Id);
        int scope = AddScope(item.Slot.Id, ScopeKind.Package);
        if (_loader.IsWatchful(family) || !IsLoaded(family, item))
        {
            Span<ulong> versions = Scratch(family.VersionWords);
            family.FillVersions(item.Value, versions);
            return SetSliceFromVersions(scope, versions) && AddToSolve(scope);
        }

        SetFamily(scope, family, AllocateScope(family));
        Span<ulong> slice = Slice(scope);
        FillVariants(family, item, slice);
        return !Bits.IsEmpty(slice) && AddToSolve(scope);
    }

    /// <summary>Whether all versions that satisfy a requirement of the request are known to be loaded.</summary>
    private static bool IsLoaded(CompiledFamily family, in RequestItem item)
    {
        if (!family.IsPartial || item.Known is not { } known)
        {
            return !family.IsPartial;
        }

        family.EnsureRow(known.Local);
        return family.IsRowLoaded(known.Local);
    }

    /// <summary>The variants that satisfy a requirement of the request; the span is empty before.</summary>
    private static void FillVariants(CompiledFamily family, in RequestItem item, Span<ulong> variants)
    {
        if (item.Known is { } known)
        {
            family.EnsureRow(known.Local);
            family.AddRow(known.Local, variants, 0);
        }
        else
        {
            family.FillVariants(item.Value, variants);
        }
    }

    /// <summary>
    /// Makes the slice of a scope from versions in range, less those that are filtered; false if nothing is left.
    /// </summary>
    private bool SetSliceFromVersions(int scope, Span<ulong> versions)
    {
        int id = _scopes[scope].FamilyId;
        CompiledFamily known = Family(id);
        CompiledFamily family = _loader.Load(known, versions);
        if (family != known)
        {
            ExpectMore();
        }

        _known[id] = family;
        if (Bits.IsEmpty(versions))
        {
            return false;
        }

        SetFamily(scope, family, AllocateScope(family));
        Span<ulong> slice = Slice(scope);
        for (int version = Bits.First(versions); version >= 0; version = Bits.Next(versions, version + 1))
        {
            Bits.AddRange(slice, family.FirstVariant[version], family.FirstVariant[version + 1]);
        }

        return true;
    }

    private Span<ulong> Scratch(int words) => Cleared(ref _versionScratch, words);

    /// <summary>Adds a scope at the end. Its slice, if it has one, is the caller's to set.</summary>
    private int AddScope(int family, ScopeKind kind)
    {
        int scope = _scopeCount;
        if (scope == _scopes.Length)
        {
            GrowScopes();
        }

        _scopeCount++;
        ref Scope added = ref _scopes[scope];
        added.Kind = kind;
        added.FamilyId = family;
        added.Family = null;
        added.Joined = null;
        added.Requirement = null;
        added.IsSolved = false;
        added.IsChanged = false;
        Bits.Remove(_toExtract, scope);
        _families[family].Scope = scope;
        return scope;
    }

    /// <summary>Gives a scope its slice, taken with <see cref="AllocateScope"/>.</summary>
    private void SetFamily(int scope, CompiledFamily family, int slice)
    {
        ref Scope given = ref _scopes[scope];
        given.Family = family;
        if (_orderers.AnyAskedEarly)
        {
            _orderers.For(family.Slot.Name).Reach(family.Slot.Name, family.Listing);
        }

        given.Joined = _switches.JoinedTables ? family.Joined : null;
        _families[given.FamilyId].Slice = slice;
        _families[given.FamilyId].Edition = family.Edition;
        given.Slice = slice;
        given.Words = family.Words;
        given.DependencyWords = family.DependencyWords;
    }

    private void GrowScopes()
    {
        int size = Math.Max(DebugSizes.Shrink(128), _scopes.Length * 2);
        Array.Resize(ref _scopes, size);
        Array.Resize(ref _changed, size);
        Array.Resize(ref _widening, size);
        Array.Resize(ref _toExtract, Bits.WordsFor(size));
    }

    /// <summary>Takes room for a slice, all zero.</summary>
    private int AllocateSlice(int words)
    {
        int start = _slicesTop;
        int top = checked(start + words);
        if (top > _slices.Length)
        {
            Array.Resize(ref _slices, Math.Max(top, checked(_slices.Length * 2)));
        }

        _slices.AsSpan(start, words).Clear();
        _slicesTop = top;
        return start;
    }

    /// <summary>A package scope that is new, or was a conflict: extract from it, and reduce it against all.</summary>
    private bool AddToSolve(int scope)
    {
        MarkNarrowed(scope);
        _added.Add(scope);
        _firstUnsolved = Math.Min(_firstUnsolved, scope);
        return true;
    }

    /// <summary>Others must be reduced against this scope.</summary>
    private void MarkChanged(int scope)
    {
        if (!_scopes[scope].IsChanged)
        {
            _scopes[scope].IsChanged = true;
            _changed[_changedCount++] = scope;
        }
    }

    private void ClearPending()
    {
        _toExtract.AsSpan(0, Bits.WordsFor(_scopeCount)).Clear();
        for (int i = 0; i < _changedCount; i++)
        {
            _scopes[_changed[i]].IsChanged = false;
        }

        _changedCount = 0;
        _added.Clear();
    }

    /// <summary>Changes what a scope is, in a way that failing back undoes.</summary>
    private void ChangeScope(int scope, ScopeKind kind, Requirement? requirement)
    {
        _rareTrail.Add((scope, _scopes[scope].Kind, _scopes[scope].Requirement, _scopes[scope].Slice));
        _scopes[scope].Kind = kind;
        _scopes[scope].Requirement = requirement;
    }

    /// <summary>A slice has fewer variants: extract from it again, and reduce others against it.</summary>
    private void MarkNarrowed(int scope)
    {
        MarkChanged(scope);
        if (_switches.OnlyChangedExtract)
        {
            Bits.Add(_toExtract, scope);
        }
        else
        {
            MarkAllForExtraction();
        }
    }

    private void MarkAllForExtraction()
    {
        for (int scope = 0; scope < _scopeCount; scope++)
        {
            if (_scopes[scope].Kind == ScopeKind.Package)
            {
                Bits.Add(_toExtract, scope);
            }
        }
    }
}
