using Rer.Compiling;
using Rer.Versions;

namespace Rer.Solving;

/// <summary>
/// What an extraction does to its target: a package scope is narrowed at once; a conflict scope, an ephemeral or a new
/// scope collects what the round leaves of it, until the round ends (Judging).
/// </summary>
internal sealed partial class Solver
{
    /// <summary>For conflict scopes and new scopes, the place of what the round leaves of them by version, or -1.</summary>
    private (int Slice, int Versions)[] _widening = [];

    /// <summary>Narrows a package scope that was there before the round.</summary>
    private void NarrowWord(int scope, ulong allowed)
    {
        int start = _scopes[scope].Slice;
        ulong old = _slices[start];
        ulong left = old & allowed;
        if (left == old)
        {
            return;
        }

        _trail.Save(start, old);
        _slices[start] = left;
        _roundEmptied |= left == 0;
        MarkNarrowed(scope);
    }

    /// <summary>Narrows what the solve holds of a family to what an extraction allows.</summary>
    /// <param name="id">The family's number.</param>
    /// <param name="family">Its compilation.</param>
    /// <param name="allowed">The variants allowed.</param>
    /// <param name="versions">The versions allowed; none if all of them are loaded, and none is filtered.</param>
    private void Narrow(int id, CompiledFamily family, ReadOnlySpan<ulong> allowed, ReadOnlySpan<ulong> versions)
    {
        int scope = ScopeOf(id);
        if (scope >= 0 && scope < _roundFirstNew && _scopes[scope].Kind == ScopeKind.Package)
        {
            NarrowSlice(scope, allowed, 0);
            return;
        }

        bool isFirst = true;
        if (scope < 0)
        {
            scope = AddScope(id, ScopeKind.Package);
            _scopes[scope].Family = family;
        }
        else if (_scopes[scope].Kind == ScopeKind.Conflict && !_roundConflicts.Contains(scope))
        {
            _roundConflicts.Add(scope);
        }
        else
        {
            isFirst = false;
        }

        if (isFirst)
        {
            StartWidening(scope, family, careful: versions.Length > 0);
        }

        Bits.And(_slices.AsSpan(_widening[scope].Slice, family.Words), allowed);
        if (_widening[scope].Versions >= 0)
        {
            Bits.And(_slices.AsSpan(_widening[scope].Versions, family.VersionWords), versions);
        }
    }

    /// <summary>Narrows a slice to what is allowed, from a word on; before and after that it has no members.</summary>
    private void NarrowSlice(int scope, ReadOnlySpan<ulong> allowed, int from)
    {
        int start = _scopes[scope].Slice + from;
        ulong any = 0;
        bool changed = false;
        for (int i = 0; i < allowed.Length; i++)
        {
            ulong old = _slices[start + i];
            ulong left = old & allowed[i];
            any |= left;
            if (left != old)
            {
                _trail.Save(start + i, old);
                _slices[start + i] = left;
                changed = true;
            }
        }

        if (changed)
        {
            _roundEmptied |= any == 0;
            MarkNarrowed(scope);
        }
    }

    /// <summary>A scope for a family that is new to the solve, with all of what it may need loaded.</summary>
    private void AddWord(int id, CompiledFamily family, ulong allowed)
    {
        int scope = AddScope(id, ScopeKind.Package);
        int slice = AllocateScope(family);
        _slices[slice] = allowed;
        _widening[scope] = (slice, -1);
    }

    /// <summary>
    /// What an extraction can leave of a scope that holds no slice yet: all versions, less the conflict if it is one.
    /// </summary>
    private void StartWidening(int scope, CompiledFamily family, bool careful)
    {
        _widening[scope].Slice = AllocateScope(family);
        _widening[scope].Versions = careful ? AllocateSlice(family.VersionWords) : -1;
        Span<ulong> variants = _slices.AsSpan(_widening[scope].Slice, family.Words);
        if (_scopes[scope].Kind == ScopeKind.Conflict && _scopes[scope].Requirement!.Range is not null)
        {
            FillVariants(family, _request[scope], variants);
            if (careful)
            {
                family.FillVersions(
                    _scopes[scope].Requirement!,
                    _slices.AsSpan(_widening[scope].Versions, family.VersionWords)
                );
            }

            return;
        }

        Bits.AddRange(variants, 0, family.VariantCount);
        if (careful)
        {
            Bits.AddRange(_slices.AsSpan(_widening[scope].Versions, family.VersionWords), 0, family.Listing.Count);
        }
    }

    private void ExtractEphemeral(int family, VersionRange range)
    {
        Requirement extracted = Requirement.Construct(_repository.Slot(family).Name, range);
        for (int i = 0; i < _roundEphemerals.Count; i++)
        {
            if (_roundEphemerals[i].Family == family)
            {
                Requirement? merged = _roundEphemerals[i].Merged?.Merged(extracted);
                _roundWentWrong |= merged is null;
                _roundEphemerals[i] = (family, merged);
                return;
            }
        }

        _roundEphemerals.Add((family, extracted));
        if (ScopeOf(family) < 0)
        {
            // It takes its place among the scopes that the round brings in.
            int scope = AddScope(family, ScopeKind.Ephemeral);
            _scopes[scope].Requirement = null;
        }
    }
}
