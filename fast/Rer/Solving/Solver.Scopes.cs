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
    private ScopeKind[] _kind = [];
    private CompiledFamily?[] _family = [];
    private int[] _familyId = [];
    private int[] _slice = [];
    private bool[] _solved = [];

    /// <summary>The requirement of conflict and ephemeral scopes; a package scope's is its slice.</summary>
    private Requirement?[] _requirement = [];

    private ulong[] _slices = new ulong[DebugSizes.Shrink(1024)];
    private int _slicesTop;

    /// <summary>For each family number its scope, or -1.</summary>
    private int[] _scopeOf = [];

    /// <summary>For each family number the compilation that this solve uses.</summary>
    private CompiledFamily?[] _known = [];

    /// <summary>Scopes to extract from: those that changed since they were extracted from.</summary>
    private ulong[] _toExtract = new ulong[1];

    /// <summary>Scopes to reduce others against: those that changed since others were.</summary>
    private int[] _changed = [];
    private int _changedCount;
    private bool[] _isChanged = [];

    /// <summary>Scopes to reduce against all others: those that are new, or wider than before.</summary>
    private readonly List<int> _added = [];

    /// <summary>No scope before this one can be split.</summary>
    private int _firstUnsolved;
    private ulong[] _versionScratch = new ulong[1];

    private bool HasExtractions => Bits.First(_toExtract.AsSpan(0, Bits.WordsFor(_scopeCount))) >= 0;

    private bool HasReductions => _changedCount > 0 || _added.Count > 0;

    private Span<ulong> Slice(int scope) => _slices.AsSpan(_slice[scope], _family[scope]!.Words);

    /// <summary>Forgets the last solve. Costs as much as that one had scopes.</summary>
    private void ResetScopes(CompiledRepository repository)
    {
        for (int scope = 0; scope < _scopeCount; scope++)
        {
            _scopeOf[_familyId[scope]] = -1;
            _solved[scope] = false;
            _family[scope] = null;
            _requirement[scope] = null;
        }

        if (!ReferenceEquals(repository, _repository))
        {
            _repository = repository;
            Array.Clear(_known);
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
        GrowFamilies();
    }

    private void GrowFamilies()
    {
        int count = _repository.SlotCount;
        int old = _scopeOf.Length;
        if (count <= old)
        {
            return;
        }

        int size = Math.Max(count, old * 2);
        Array.Resize(ref _scopeOf, size);
        Array.Resize(ref _known, size);
        Array.Resize(ref _linkHead, size);
        _scopeOf.AsSpan(old).Fill(-1);
        _linkHead.AsSpan(old).Fill(-1);
    }

    /// <summary>The compilation of a family that this solve uses.</summary>
    private CompiledFamily Family(int id)
    {
        if (id >= _known.Length)
        {
            GrowFamilies();
        }

        return _known[id] ??= _repository.GetFamily(_repository.Slot(id));
    }

    /// <summary>The scope of a family, or -1.</summary>
    private int ScopeOf(int family)
    {
        if (family >= _scopeOf.Length)
        {
            GrowFamilies();
        }

        return _scopeOf[family];
    }

    /// <summary>Scopes for the merged request; false if one of its families or versions does not exist.</summary>
    private bool AddRequestedScopes()
    {
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
                _requirement[scope] = item.Value;
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
        if (!item.Slot.HasValidName)
        {
            // rez looks at names where it looks for a family, so that conflicts may be called anything.
            throw new InputSyntaxException(
                $"request: requirement '{item.Value}': {PackageName.Complaint(item.Slot.Name)}"
            );
        }

        CompiledFamily family = Family(item.Slot.Id);
        int scope = AddScope(item.Slot.Id, ScopeKind.Package);
        if (_loader.IsCareful(family))
        {
            Span<ulong> versions = Scratch(family.VersionWords);
            family.FillVersions(item.Value, versions);
            return SetSliceFromVersions(scope, versions) && AddToSolve(scope);
        }

        _family[scope] = family;
        _slice[scope] = AllocateScope(family);
        Span<ulong> slice = Slice(scope);
        if (item.Known is { } known)
        {
            family.EnsureRow(known.Local);
            family.AddRow(known.Local, slice, 0);
        }
        else
        {
            family.FillVariants(item.Value, slice);
        }

        return !Bits.IsEmpty(slice) && AddToSolve(scope);
    }

    /// <summary>
    /// Makes the slice of a scope from versions in range, less those that are filtered; false if nothing is left.
    /// </summary>
    private bool SetSliceFromVersions(int scope, Span<ulong> versions)
    {
        int id = _familyId[scope];
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

        _family[scope] = family;
        _slice[scope] = AllocateScope(family);
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
        if (scope == _kind.Length)
        {
            GrowScopes();
        }

        _scopeCount++;
        _kind[scope] = kind;
        _familyId[scope] = family;
        _family[scope] = null;
        _requirement[scope] = null;
        _solved[scope] = false;
        _isChanged[scope] = false;
        Bits.Remove(_toExtract, scope);
        _scopeOf[family] = scope;
        return scope;
    }

    private void GrowScopes()
    {
        int size = Math.Max(DebugSizes.Shrink(128), _kind.Length * 2);
        Array.Resize(ref _kind, size);
        Array.Resize(ref _family, size);
        Array.Resize(ref _familyId, size);
        Array.Resize(ref _slice, size);
        Array.Resize(ref _solved, size);
        Array.Resize(ref _requirement, size);
        Array.Resize(ref _changed, size);
        Array.Resize(ref _isChanged, size);
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
        if (!_isChanged[scope])
        {
            _isChanged[scope] = true;
            _changed[_changedCount++] = scope;
        }
    }

    private void ClearPending()
    {
        _toExtract.AsSpan(0, Bits.WordsFor(_scopeCount)).Clear();
        for (int i = 0; i < _changedCount; i++)
        {
            _isChanged[_changed[i]] = false;
        }

        _changedCount = 0;
        _added.Clear();
    }

    /// <summary>Changes what a scope is, in a way that failing back undoes.</summary>
    private void ChangeScope(int scope, ScopeKind kind, Requirement? requirement)
    {
        _rareTrail.Add((scope, _kind[scope], _requirement[scope], _slice[scope]));
        _kind[scope] = kind;
        _requirement[scope] = requirement;
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
            if (_kind[scope] == ScopeKind.Package)
            {
                Bits.Add(_toExtract, scope);
            }
        }
    }
}
